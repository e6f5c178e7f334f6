import Logging
import Monitoring
import Statistics
import Store

/// What other processes made of the model.
extension LiveWindows {
    /// Takes over settings, references and generations as the database has them now.
    ///
    /// - Returns: false while something is being changed here; then it is to be asked again.
    func refresh(_ stored: StoredModel, schema new: ModelSchema, gate: LogGate) async throws -> Bool {
        guard !isChanging else { return false }
        isChanging = true
        defer { isChanging = false }
        // What was folded by the old features is saved so, and not folded again by the new ones after a crash.
        if new.features != schema.features { try await gate.saveAll() }
        let known = try await store.generations(model: id, slot: slot)
        try await readReferences()
        // All of it must be of one moment.
        guard try await store.model(id)?.revision == stored.revision else { return false }
        for generation in known where !generation.isRetired && !generation.isOrphan {
            if let index = index(of: generation.number) {
                let wasReady = generations[index].stored.ready
                generations[index].stored = generation
                if generation.ready, !wasReady { generations[index].panes.noteAllOthers() }
            } else {
                let schema = generation.ready ? new : schema(of: generation)
                try await gate.between { slot in try await self.join(generation, schema, at: slot.position) }
            }
        }
        let left = Set(known.filter { !$0.isRetired && !$0.isOrphan }.map(\.number))
        generations.removeAll { !left.contains($0.stored.number) }
        adopt(new)
        fitting = [:]
        linkGenerations()
        epoch &+= 1
        changes &+= 1
        return true
    }

    /// Reads the references where others are kept than are known here.
    private func readReferences() async throws {
        let kept = try await store.referenceVersions(model: id)
        let known = references.map {
            StoredReferenceVersion(name: $0.name, version: $0.version, createdAt: $0.createdAt)
        }
        guard Set(kept) != Set(known) else { return }
        references = try await store.references(model: id).map(ReferenceVersion.init)
    }

    /// Takes over the names that categories and slices got.
    func readNames() async throws {
        adopt(try await store.slices(model: id))
        let categories = try await store.categories(model: id)
        for index in generations.indices {
            for (feature, name) in categories {
                _ = generations[index].panes.grids.admit(name, in: ColumnName(address: feature.string))
            }
        }
        changes &+= 1
    }

    /// Takes note of panes that other slots saved.
    func noteOthers(_ changed: [ChangedPane]) {
        for (number, panes) in Dictionary(grouping: changed, by: \.generation) {
            guard let index = index(of: number) else { continue }
            generations[index].panes.noteOthers(panes.flatMap(\.keys))
        }
        if let first = changed.compactMap({ $0.keys.first?.start }).min() {
            firstEvent = min(firstEvent ?? first, first)
        }
        epoch &+= 1
        changes &+= 1
    }

    /// Takes note that other slots may have saved any pane.
    func noteAllOthers() {
        for index in generations.indices { generations[index].panes.noteAllOthers() }
        epoch &+= 1
        changes &+= 1
    }

    /// Proposes how far rules may be judged, once what other slots have committed by now is in their panes.
    func propose(_ progress: ModelProgress?) {
        var proposal = watermark
        if let progress {
            let delayed = progress.newestEvent.map { $0 - schema.watermarkDelay }
            proposal.merge(
                Watermark(
                    greatestEvent: progress.newestEvent, stated: progress.statedWatermark, isLive: progress.isLive,
                    time: [delayed, progress.statedWatermark].compactMap(\.self).max()))
            if let evaluated = progress.evaluatedTo { noteEvaluated(to: evaluated) }
        }
        proposed = proposal
    }

    /// Follows the wall clock where the model is live, and lets rules be judged as far as is known here, because nobody else is there.
    func settleAlone(wallClock: Time) {
        follow(wallClock: wallClock)
        propose(nil)
        settle()
    }

    /// What was proposed has come true.
    func settle() {
        guard let proposal = proposed.take() else { return }
        watermark.merge(proposal)
        if let time = proposal.time { judgeable = max(judgeable ?? time, time) }
    }
}
