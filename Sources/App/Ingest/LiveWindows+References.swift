import Logging
import Monitoring
import Statistics
import Store

/// References and the generations of panes that follow from them.
extension LiveWindows {
    /// The newest version of each reference, by name.
    var newestReferences: [ReferenceVersion] {
        Dictionary(grouping: references, by: \.name).values
            .compactMap { versions in versions.max { $0.version < $1.version } }
            .sorted { $0.name < $1.name }
    }

    /// Freezes a new version of a reference and puts it in force.
    ///
    /// The first `training` applies to all windows whose rows are kept, which are folded again from the log; a later one to
    /// windows that end after `effectiveFrom` (the model's own time, unless told otherwise).
    func putReference(
        _ name: String, rows: Monitoring.ReferenceRows, effectiveFrom: Time?, at now: Time, gate: LogGate
    ) async throws -> (version: ReferenceVersion, isFirst: Bool) {
        let last = references.filter { $0.name == name }.map(\.version).max() ?? 0
        let from = last == 0 ? nil : effectiveFrom ?? (watermark.isLive ? now : watermark.time)
        let summary: Reference
        if name != Self.training, let grids = newestReferences.first(where: { $0.name == Self.training })?.summary.grids
        {
            summary = Reference.counting(
                rows, on: grids, schema: schema, name: ByteText(name), version: Int(last + 1), effectiveFrom: from)
        } else {
            summary = Reference.freezing(
                rows, schema: schema, name: ByteText(name), version: Int(last + 1), effectiveFrom: from)
        }
        let stored = StoredReference(
            name: name, version: last + 1, effectiveFrom: from, rowCount: Int64(summary.count),
            summary: summary.encoded(), createdAt: now)
        try await store.add(stored, model: id)
        let version = try ReferenceVersion(stored)
        references.append(version)
        if name == Self.training {
            try await makeGeneration(schema, referenceVersion: version.version, effectiveFrom: from, gate: gate)
        }
        changes &+= 1
        return (version, last == 0)
    }

    /// Removes a reference; without `training` windows have no drift any more.
    func deleteReference(_ name: String, gate: LogGate) async throws {
        _ = try await store.deleteReference(model: id, name: name)
        references.removeAll { $0.name == name }
        if name == Self.training {
            try await makeGeneration(schema, referenceVersion: 0, effectiveFrom: nil, gate: gate)
        }
        changes &+= 1
    }

    /// Takes over changed settings; where panes would be folded differently they are, from the log.
    func adopt(_ new: ModelSchema, gate: LogGate) async throws {
        guard new.foldsRowsDifferently(from: schema) else {
            schema = new
            for index in generations.indices { generations[index].panes.adopt(new) }
            return
        }
        if let first = firstEvent, let oldest = try await store.oldestRow(model: id), first + schema.paneWidth <= oldest
        {
            throw SchemaRefusal(
                mistakes: [
                    SchemaMistake("", "the change needs rows again that retention has removed; make a new model")
                ],
                isConflict: true)
        }
        let training = newestReferences.first { $0.name == Self.training }
        try await makeGeneration(new, referenceVersion: training?.version ?? 0, effectiveFrom: nil, gate: gate)
    }

    /// Makes a generation of panes from the log while rows go on coming in, and then reads from it.
    private func makeGeneration(
        _ new: ModelSchema, referenceVersion: Int32, effectiveFrom: Time?, gate: LogGate
    ) async throws {
        let longest = new.windows.map(\.length).max() ?? .zero
        let stored = StoredGeneration(
            number: (generations.map(\.stored.number).max() ?? -1) + 1, paneWidth: new.paneWidth,
            referenceVersion: referenceVersion, effectiveFrom: effectiveFrom,
            coversFrom: effectiveFrom.map { new.paneGrid.start(of: $0 - longest) }, ready: false)
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
    }

    private func begin(_ stored: StoredGeneration, _ new: ModelSchema) {
        let reference = references.first { $0.name == Self.training && $0.version == stored.referenceVersion }?.summary
        var grids = reference?.grids ?? ColumnGrids()
        grids.names = generations.last?.panes.grids.names ?? [:]
        generations.append(
            Generation(
                stored: stored, reference: reference, panes: PaneSet(schema: new, grids: grids, names: slices)))
    }

    private func foldLog(into stored: StoredGeneration, _ new: ModelSchema, upTo position: Int64) async throws {
        let reader = LogReader(store: store)
        let part = LogReader.Part.model(from: stored.coversFrom, upTo: position, slot: 0)
        folding = (0, try await store.rowCount(model: id))
        refoldFailure = nil
        defer { folding = nil }
        try await reader.predictions(of: id, schema: new, part) { rows in
            await self.refold(rows, only: stored.number)
            self.noteFolded(rows.batch.count)
        }
        try await reader.outcomes(of: id, part) { deltas in await self.refold(deltas, only: stored.number) }
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

    /// Reads from the new generation, and lets go those that it replaces as a whole.
    private func finish(_ ready: StoredGeneration, _ new: ModelSchema) async {
        if let index = index(of: ready.number) { generations[index].stored = ready }
        let replaced =
            ready.effectiveFrom == nil && ready.coversFrom == nil
            ? generations.map(\.stored.number).filter { $0 < ready.number } : []
        generations.removeAll { replaced.contains($0.stored.number) }
        schema = new
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

    /// The rows of a logged stretch, with what turned out true of them.
    func loggedRows(from: Time, to: Time) async throws -> Monitoring.ReferenceRows {
        var rows = StoredPredictions(
            numericPositions: schema.numericPositions, categoricalPositions: schema.categoricalPositions)
        try await LogReader(store: store).stretch(of: id, schema: schema, from: from, to: to, into: &rows)
        let actuals = try await store.labels(model: id, ids: rows.batch.ids).map { $0?.actual ?? .none }
        return Monitoring.ReferenceRows(rows.batch, actuals: actuals, schema: schema)
    }
}
