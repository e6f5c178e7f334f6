package import Logging
package import Monitoring
package import Store

/// What this process knows of the others on the same database: which panes they saved, which models they changed, and how far
/// rules can be judged.
///
/// Rules are judged up to a time only when every row below it that any slot had committed is in the panes that are read: the
/// watermarks are read first, then the positions of all slots, and then it is waited until the panes of each slot are as far.
package actor Peers {
    private let store: Store
    private let models: ModelCatalog
    private let slot: SlotKeeper
    private let gate: LogGate
    private let now: @Sendable () -> Time
    private let logger: Logger
    /// Up to which position the saved panes of a slot were taken notice of.
    private var noticed: [Int32: Int64] = [:]
    /// Up to which removal the saved panes of a slot were right.
    private var folded: [Int32: Int64] = [:]
    /// The positions that panes must reach before what was proposed holds; nil while nothing is proposed.
    private var awaited: [Int32: Int64]?
    /// Which names of categories and slices of the models were taken over last.
    private var names: [Int32: Int64] = [:]
    /// How often the watermark of a model had moved when it was settled last; empty unless this process is alone.
    private var settled: [Int32: UInt64] = [:]
    private var isLooking = false
    private var lookedAt: ContinuousClock.Instant?

    /// With all its parts.
    package init(
        store: Store, models: ModelCatalog, slot: SlotKeeper, gate: LogGate, now: @escaping @Sendable () -> Time,
        logger: Logger
    ) {
        self.store = store
        self.models = models
        self.slot = slot
        self.gate = gate
        self.now = now
        self.logger = logger
    }

    /// To be called before any pane is read: what is saved by then needs not be noticed.
    package func begin() async throws {
        for peer in try await store.writerSlots() { noticed[peer.slot] = peer.checkpoint }
    }

    /// Looks again, unless it was done just now.
    package func look(ifOlderThan age: Duration) async throws {
        if let lookedAt, lookedAt.duration(to: .now) < age { return }
        try await look()
    }

    /// Takes notice of what the others did since the last time.
    package func look() async throws {
        guard !isLooking else { return }
        isLooking = true
        defer { isLooking = false }
        lookedAt = .now
        let own = slot.current.slot
        let slots = try await store.writerSlots()
        if slots.contains(where: { $0.slot == own && $0.removals > slot.current.removals }) {
            let folder = RemovalFolder(store: store, models: models, slot: slot)
            try await gate.between { slot in _ = try await folder.fold(upTo: slot.position) }
        }
        // Nobody else was ever there: what is known here is all there is.
        guard slots.count > 1 else { return await settleAlone() }
        settled = [:]
        for model in await models.all { await model.windows.follow(wallClock: now()) }
        let progress = try await store.modelProgress(besides: own)
        let peers = try await store.writerSlots().filter { $0.slot != own }
        slot.note(hasPeers: peers.contains(where: \.isLive))
        try await takeOver(progress)
        for peer in peers { try await notice(peer) }
        // What a removal left is on its way into the panes.
        guard peers.allSatisfy(\.isWhole) else { return }
        if isReached() { await settle() }
        guard awaited == nil else { return }
        let known = Dictionary(progress.map { ($0.id, $0) }) { first, _ in first }
        for model in await models.all { await model.windows.propose(known[model.id]) }
        awaited = Dictionary(peers.map { ($0.slot, $0.position) }) { first, _ in first }
        if isReached() { await settle() }
    }

    private func settleAlone() async {
        slot.note(hasPeers: false)
        awaited = nil
        let time = now()
        let all = await models.all
        if settled.count > all.count { settled = [:] }
        // Whose watermark stays has nothing to settle.
        for model in all {
            let moved = model.windows.signal.moved
            guard model.windows.signal.isLive || settled[model.id] != moved else { continue }
            await model.windows.settleAlone(wallClock: time)
            settled[model.id] = moved
        }
    }

    private func settle() async {
        awaited = nil
        for model in await models.all { await model.windows.settle() }
    }

    private func isReached() -> Bool {
        guard let awaited else { return false }
        return awaited.allSatisfy { noticed[$0.key] ?? 0 >= $0.value }
    }

    /// Takes notice of the panes that a slot saved since the last time.
    private func notice(_ peer: PeerSlot) async throws {
        if folded.updateValue(peer.foldedRemovals, forKey: peer.slot) != peer.foldedRemovals {
            for model in await models.all { await model.windows.noteAllOthers() }
        }
        let before = noticed[peer.slot] ?? 0
        guard peer.checkpoint >= before else {
            // A standby took over that had not got everything: panes in memory count rows that are gone.
            logger.critical("the database has lost what it had committed; the process starts anew from what it has")
            return slot.lose()
        }
        guard peer.checkpoint > before else { return }
        let changed = try await store.changedPanes(of: peer.slot, after: before, upTo: peer.checkpoint)
        for (model, panes) in Dictionary(grouping: changed, by: \.model) {
            await models.windows(of: model)?.noteOthers(panes)
        }
        noticed[peer.slot] = peer.checkpoint
    }

    /// Takes over what others made of the models.
    private func takeOver(_ progress: [ModelProgress]) async throws {
        let all = await models.all
        let known = Dictionary(all.map { ($0.id, $0.revision) }) { first, _ in first }
        for part in progress {
            // What is not taken over now is tried again the next time.
            if known[part.id] ?? -1 < part.revision { _ = try await models.refresh(part.id, gate: gate) }
            if names[part.id] != part.names { try await models.windows(of: part.id)?.readNames() }
            names[part.id] = part.names
        }
        let kept = Set(progress.map(\.id))
        for model in all where !kept.contains(model.id) { try await models.forget(model) }
    }
}
