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

    /// Folds what was committed after the last checkpoint.
    func recover(after position: Int64, slot: Int32, wallClock: Time) async throws {
        let reader = LogReader(store: store)
        let part = LogReader.Part.after(position: position, slot: slot)
        try await reader.predictions(of: id, schema: schema, part) { stored in
            await self.refold(stored, only: nil)
        }
        try await reader.outcomes(of: id, part) { deltas in await self.refold(deltas, only: nil) }
        if let failure = refoldFailure { throw failure }
        changes &+= 1
    }

    /// Folds rows that come out of the log again.
    func refold(_ stored: StoredPredictions, only generation: Int32?) async {
        for texts in stored.segments {
            for text in texts where slices.admit(segment: text) {
                newSlices.insert(StoredSlice(model: id, slice: Slice(segment: text)))
            }
        }
        for version in Set(stored.batch.versions) where slices.admit(version: version) {
            newSlices.insert(StoredSlice(model: id, slice: Slice(version: version)))
        }
        for index in generations.indices { generations[index].panes.names = slices }
        if let first = stored.batch.times.min() { firstEvent = min(firstEvent ?? first, first) }
        do {
            try await fold(
                stored.batch, rows: Array(0..<stored.batch.count), segments: { stored.segments[$0] }, only: generation)
        } catch {
            refoldFailure = error
        }
    }

    /// Folds outcomes that come out of the log again.
    func refold(_ deltas: [OutcomeDelta], only generation: Int32?) async {
        do {
            try await fold(deltas, only: generation)
        } catch {
            refoldFailure = error
        }
    }
}
