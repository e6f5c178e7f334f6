import Logging
import Monitoring
import Statistics
import Store

/// How panes are folded again from the log, on other grids or under other settings.
extension LiveWindows {
    /// Takes over changed settings; where panes would be folded differently they are, from the log.
    func adopt(_ new: ModelSchema, gate: LogGate) async throws {
        guard new.foldsRowsDifferently(from: schema) else {
            schema = new
            for index in generations.indices { generations[index].panes.adopt(new) }
            return
        }
        try beginChange()
        defer { isChanging = false }
        if let first = firstEvent, let oldest = try await store.oldestRow(model: id), first + schema.paneWidth <= oldest
        {
            throw SchemaRefusal(
                mistakes: [
                    SchemaMistake("", "the change needs rows again that retention has removed; make a new model")
                ],
                isConflict: true)
        }
        try await makeGeneration(new, reference: gridReference, effectiveFrom: nil, gate: gate)
    }

    /// How far before the end of a window its own panes and those of its references lie at most.
    private func reach(_ schema: ModelSchema) -> PrometheusDuration {
        let rolling = references.compactMap(\.definition.rolling)
        return schema.windows.map(\.length).reduce(.zero) { longest, length in
            rolling.map { $0.reach(length: length) }.reduce(max(longest, length), max)
        }
    }

    /// From when on the newest generation serves windows, where it has too few panes before that for the references.
    var missingReach: Time? {
        guard let stored = generations.last?.stored, let from = stored.effectiveFrom, let covers = stored.coversFrom
        else { return nil }
        let needed = schema.paneGrid.start(of: from - reach(schema))
        // What retention may have removed cannot be folded again.
        guard let newest = newestEvent, newest - schema.retention.rows <= needed else { return nil }
        return covers > needed ? from : nil
    }

    /// Makes a generation of panes from the log while rows go on coming in, and then reads from it.
    func makeGeneration(
        _ new: ModelSchema, reference: ReferenceVersion.Key?, effectiveFrom: Time?, gate: LogGate
    ) async throws {
        let reach = reach(new)
        let stored = StoredGeneration(
            number: (generations.map(\.stored.number).max() ?? -1) + 1, paneWidth: new.paneWidth,
            referenceName: reference?.name.string ?? Self.training, referenceVersion: reference?.version ?? 0,
            effectiveFrom: effectiveFrom, coversFrom: effectiveFrom.map { new.paneGrid.start(of: $0 - reach) },
            ready: false)
        try await store.put(stored, model: id)
        let start = FoldingStart()
        try await gate.between { position in
            await self.begin(stored, new)
            start.set(position)
        }
        do {
            if watermark.greatestEvent != nil { try await foldLog(into: stored, new, upTo: start.position) }
            try await gate.saveAll()
        } catch {
            await abandon(stored.number)
            throw error
        }
        var ready = stored
        ready.ready = true
        try await store.put(ready, model: id)
        await finish(ready, new)
        // Where retention has removed rows, what is known begins later than it did.
        guard effectiveFrom == nil, let first = firstEvent, let oldest = try await store.oldestRow(model: id) else {
            return
        }
        if first + new.paneWidth <= oldest { firstEvent = new.paneGrid.boundary(notBefore: oldest) }
    }

    private func begin(_ stored: StoredGeneration, _ new: ModelSchema) {
        let reference = reference(of: stored)
        var grids = reference?.grids ?? ColumnGrids()
        grids.names = generations.last?.panes.grids.names ?? [:]
        generations.append(
            Generation(
                stored: stored, reference: reference, panes: PaneSet(schema: new, grids: grids, names: slices)))
    }

    /// The reference whose grids a generation uses.
    func reference(of stored: StoredGeneration) -> Reference? {
        let key = ReferenceVersion.Key(name: ByteText(stored.referenceName), version: stored.referenceVersion)
        return references.first { $0.key == key }?.summary
    }

    private func foldLog(into stored: StoredGeneration, _ new: ModelSchema, upTo position: Int64) async throws {
        let reader = LogReader(store: store)
        let part = LogReader.Part.model(from: stored.coversFrom, upTo: position, slot: 0)
        folding = (0, try await store.rowCount(model: id))
        refoldFailure = nil
        defer { folding = nil }
        let cause = FoldCause.generation(stored.number)
        try await reader.predictions(of: id, schema: new, part) { rows in
            await self.refold(rows, cause)
            self.noteFolded(rows.batch.count)
        }
        try await reader.outcomes(of: id, part) { deltas, _ in await self.refold(deltas, cause) }
        if let failure = refoldFailure { throw failure }
    }

    private func noteFolded(_ rows: Int) {
        if let (done, all) = folding { folding = (done + rows, all) }
    }

    private func abandon(_ number: Int32) async {
        generations.removeAll { $0.stored.number == number }
        do {
            try await store.deleteGeneration(number, model: id)
        } catch {
            logger.warning("a half-made generation is left for the next start", metadata: ["error": "\(error)"])
        }
    }

    /// Reads from the new generation, and lets go those that it replaces: all of them, or the one that began when it does.
    private func finish(_ ready: StoredGeneration, _ new: ModelSchema) async {
        if let index = index(of: ready.number) { generations[index].stored = ready }
        let replaced = generations.map(\.stored).filter { $0.isReplaced(by: ready) }.map(\.number)
        generations.removeAll { replaced.contains($0.stored.number) }
        schema = new
        fitting = [:]
        (noises, documents) = ([:], [])
        linkGenerations()
        changes &+= 1
        for number in replaced {
            do {
                try await store.deleteGeneration(number, model: id)
            } catch {
                logger.warning("an old generation is left for the next start", metadata: ["error": "\(error)"])
            }
        }
    }
}

extension StoredGeneration {
    /// Whether nothing is read from a generation any more once a newer one is ready.
    func isReplaced(by newer: Self) -> Bool {
        guard number < newer.number else { return false }
        if newer.effectiveFrom == nil, newer.coversFrom == nil { return true }
        return effectiveFrom == newer.effectiveFrom && coversFrom.map { $0 >= newer.coversFrom ?? $0 } ?? false
    }
}
