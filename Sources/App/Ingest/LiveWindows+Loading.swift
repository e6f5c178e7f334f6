import Monitoring
import Statistics
import Store

/// What is read when the process starts.
extension LiveWindows {
    /// Reads references, generations, names and slices; panes come when they are needed.
    package func load() async throws {
        adopt(try await store.slices(model: id))
        references = try await store.references(model: id).map(ReferenceVersion.init)
        let categories = try await store.categories(model: id)
        var stored = try await store.generations(model: id, slot: slot)
        if stored.isEmpty {
            let first = StoredGeneration(
                number: 0, paneWidth: schema.paneWidth, referenceVersion: 0, effectiveFrom: nil, coversFrom: nil,
                ready: true)
            try await store.putFirst(first, model: id)
            stored = [first]
        }
        let inForce = stored.filter { $0.ready && !$0.isRetired }
        for known in stored {
            // One that another process is making goes on being folded where it was begun.
            let isBegun = !known.ready && !known.isOrphan && known.foldedAfter != nil
            let isRead = known.ready && !known.isRetired && !inForce.contains { known.isReplaced(by: $0) }
            if !known.ready, !known.isOrphan, known.foldedAfter == nil { lacksGeneration = true }
            if isBegun || isRead { generations.append(generation(known, schema(of: known), categories)) }
        }
        linkGenerations()
        firstEvent = try await store.firstEvent(model: id)
    }

    /// The settings under which a generation is counted.
    func schema(of stored: StoredGeneration) -> ModelSchema {
        guard !stored.ready, let definition = stored.definition else { return schema }
        return StoredDefinition.schema(of: definition) ?? schema
    }

    /// A generation with no panes in memory.
    func generation(
        _ stored: StoredGeneration, _ schema: ModelSchema,
        _ categories: [(feature: ByteText, name: ByteText)] = []
    ) -> Generation {
        let reference = reference(of: stored)
        var grids = reference?.grids ?? ColumnGrids()
        for (feature, name) in categories {
            _ = grids.names[ColumnName(address: feature.string), default: CategoryNames()].insert(name)
        }
        return Generation(
            stored: stored, reference: reference, panes: PaneSet(schema: schema, grids: grids, names: slices))
    }

    /// Tells each generation from which windows on the next one takes over.
    func linkGenerations() {
        generations.sort { $0.stored.number < $1.stored.number }
        for index in generations.indices {
            let next = generations.indices.contains(index + 1) ? generations[index + 1].stored : nil
            generations[index].succeededAt = next.flatMap { $0.ready ? $0.effectiveFrom : nil }
        }
    }

    /// The name of the reference whose grids are used.
    static var training: String { "training" }
}
