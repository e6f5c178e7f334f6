import Logging
import Monitoring
import Statistics
import Store

/// How panes are folded again from the log, on other grids or under other settings.
extension LiveWindows {
    /// Takes over changed settings; where panes would be folded differently they are, from the log.
    ///
    /// The model must still have the revision that was read.
    func fold(as new: ModelSchema, since revision: Int64, at now: Time, gate: LogGate) async throws {
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
        try await makeGeneration(
            new, reference: gridReference, effectiveFrom: nil, since: revision, at: now, gate: gate)
    }

    /// Takes over changed settings under which rows are folded as before.
    func adopt(_ new: ModelSchema) {
        schema = new
        for index in generations.indices where generations[index].panes.grid == new.paneGrid {
            generations[index].panes.adopt(new)
        }
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
    ///
    /// Every process folds its new rows into it from a position on that it states; what was committed before is folded here.
    func makeGeneration(
        _ new: ModelSchema, reference: ReferenceVersion.Key?, effectiveFrom: Time?, since revision: Int64? = nil,
        at now: Time, gate: LogGate
    ) async throws {
        let reach = reach(new)
        let wanted = StoredGeneration(
            number: 0, paneWidth: new.paneWidth, referenceName: reference?.name.string ?? Self.training,
            referenceVersion: reference?.version ?? 0, effectiveFrom: effectiveFrom,
            coversFrom: effectiveFrom.map { new.paneGrid.start(of: $0 - reach) }, ready: false,
            definition: new == schema ? nil : StoredDefinition.text(of: new))
        let begun = try await store.begin(wanted, model: id, since: revision, maker: gate.slot)
        guard let stored = begun else {
            throw IngestError.busy("another change of the model is on its way; try again when it has ended")
        }
        var replaced: [Int32] = []
        do {
            try await gate.between { slot in try await self.join(stored, new, at: slot.position) }
            let starts = try await joinedByAll(stored)
            try await foldLog(into: stored, upTo: starts)
            try await gate.saveAll()
            var ready = stored
            ready.ready = true
            replaced = generations.map(\.stored).filter { $0.isReplaced(by: ready) }.map(\.number)
            try await store.finish(stored, model: id, replacing: replaced, at: now)
        } catch {
            await abandon(stored.number)
            throw error
        }
        await finish(stored.number, new, replacing: replaced, gate)
        // Where retention has removed rows, what is known begins later than it did.
        guard effectiveFrom == nil, let first = firstEvent, let oldest = try await store.oldestRow(model: id) else {
            return
        }
        if first + new.paneWidth <= oldest { firstEvent = new.paneGrid.boundary(notBefore: oldest) }
    }

    /// Folds the rows that are committed from now on into a generation; called between two groups.
    func join(_ stored: StoredGeneration, _ new: ModelSchema, at position: Int64) async throws {
        var begun = stored
        begun.foldedAfter = try await store.join(stored.number, model: id, slot: slot, after: position)
        var generation = generation(begun, new)
        generation.panes.grids.names = generations.last?.panes.grids.names ?? [:]
        generations.append(generation)
        linkGenerations()
        // It was stated before, and then nothing was folded.
        guard let start = begun.foldedAfter, start < position else { return }
        do {
            try await refold(.after(position: start, upTo: position, slot: slot), into: stored.number)
        } catch {
            generations.removeAll { $0.stored.number == stored.number }
            throw error
        }
    }

    /// Waits until every slot has stated from which position on it folds into a generation itself.
    private func joinedByAll(_ stored: StoredGeneration) async throws -> [Int32: Int64] {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            try await store.joinSettled(stored.number, model: id)
            let joined = try await store.joined(stored.number, model: id)
            let known = joined.compactMap { part in part.position.map { (part.slot, $0) } }
            if known.count == joined.count { return Dictionary(known) { first, _ in first } }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw IngestError.busy("another process does not take part in the change; try again")
    }

    /// The reference whose grids a generation uses.
    func reference(of stored: StoredGeneration) -> FrozenReference? {
        let key = ReferenceVersion.Key(name: ByteText(stored.referenceName), version: stored.referenceVersion)
        return references.first { $0.key == key }?.frozen
    }

    private func foldLog(into stored: StoredGeneration, upTo starts: [Int32: Int64]) async throws {
        folding = (0, try await store.rowCount(model: id))
        defer { folding = nil }
        for (slot, position) in starts.sorted(by: { $0.key < $1.key }) where position > 0 {
            try await refold(.model(from: stored.coversFrom, upTo: position, slot: slot), into: stored.number)
        }
    }

    func noteFolded(_ rows: Int) {
        if let (done, all) = folding { folding = (done + rows, all) }
    }

    private func abandon(_ number: Int32) async {
        generations.removeAll { $0.stored.number == number }
        linkGenerations()
        do {
            try await store.deleteGeneration(number, model: id)
        } catch {
            logger.warning("a half-made generation is left for later", metadata: ["error": "\(error)"])
        }
    }

    /// Reads from the new generation, and lets go those that it replaces: all of them, or the one that began when it does.
    private func finish(_ number: Int32, _ new: ModelSchema, replacing replaced: [Int32], _ gate: LogGate) async {
        if let index = index(of: number) {
            generations[index].stored.ready = true
            generations[index].panes.noteAllOthers()
        }
        generations.removeAll { replaced.contains($0.stored.number) }
        adopt(new)
        fitting = [:]
        documents = []
        linkGenerations()
        changes &+= 1
        // Other processes may read from them for a moment still; then somebody removes them.
        guard gate.isAlone else { return }
        for number in replaced {
            do {
                try await store.deleteGeneration(number, model: id)
            } catch {
                logger.warning("an old generation is left for later", metadata: ["error": "\(error)"])
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
