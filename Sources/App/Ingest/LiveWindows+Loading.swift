import Monitoring
import Statistics
import Store

/// What is read when the process starts.
extension LiveWindows {
    /// Reads references, generations, names and slices; panes come when they are needed.
    package func load() async throws {
        for slice in try await store.slices(model: id) {
            if slice.version.string.isEmpty {
                _ = slices.admit(segment: slice.segment)
            } else {
                _ = slices.admit(version: slice.version)
            }
        }
        references = try await store.references(model: id).map(ReferenceVersion.init)
        let categories = try await store.categories(model: id)
        var stored = try await store.generations(model: id)
        if stored.isEmpty {
            let first = StoredGeneration(
                number: 0, paneWidth: schema.paneWidth, referenceVersion: 0, effectiveFrom: nil, coversFrom: nil,
                ready: true)
            try await store.put(first, model: id)
            stored = [first]
        }
        let ready = stored.filter(\.ready)
        for generation in stored {
            if generation.ready, !ready.contains(where: { generation.isReplaced(by: $0) }) {
                generations.append(self.generation(generation, categories))
            } else {
                // Replaced as a whole, or half folded, when the process ended.
                try await store.deleteGeneration(generation.number, model: id)
            }
        }
        linkGenerations()
        firstEvent = try await store.firstEvent(model: id)
    }

    /// A generation with no panes in memory.
    func generation(
        _ stored: StoredGeneration, _ categories: [(feature: ByteText, name: ByteText)] = []
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
