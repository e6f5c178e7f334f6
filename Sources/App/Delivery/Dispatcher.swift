import Alerting
import AsyncAlgorithms
import Integrations
package import Logging
import Monitoring
import ServiceLifecycle
package import Store

/// Delivers the outbox: claims what is due under a lease, sends it, and settles how it ended.
///
/// At least once, with the same id each time. What a process claimed and did not settle, another claims when the lease ends.
package struct Dispatcher<C: Clock & Sendable>: Service where C.Instant == WallClock.Instant, C.Duration == Duration {
    let store: Store
    let sender: any OutboundSender
    let settings: ActiveSettings
    let clock: C
    let holder: String
    let counters: Counters
    let logger: Logger

    /// With all its parts.
    package init(
        store: Store,
        sender: any OutboundSender,
        settings: ActiveSettings,
        clock: C,
        holder: String,
        counters: Counters,
        logger: Logger
    ) {
        self.store = store
        self.sender = sender
        self.settings = settings
        self.clock = clock
        self.holder = holder
        self.counters = counters
        self.logger = logger
    }

    /// How long a claimed delivery is ours: longer than any attempt may take, and so short that another process takes it up within
    /// 40 s after ours is gone.
    static var lease: PrometheusDuration { PrometheusDuration(microseconds: 38_000_000) }
    /// How many deliveries are on their way at once.
    private static var most: Int { 256 }
    /// For how many tenths of a second answers are waited for at the end: 5 s, of the 15 s that a process has.
    private static var goodbyeRounds: Int { 50 }

    package func run() async throws {
        let load = DeliveryLoad()
        await withDiscardingTaskGroup { group in
            for await _ in AsyncTimerSequence(interval: .milliseconds(200), clock: clock).cancelOnGracefulShutdown() {
                do {
                    while load.count < Self.most {
                        let claimed = try await claim(Self.most - load.count)
                        guard !claimed.isEmpty else { break }
                        let directory = settings.directory
                        for delivery in claimed {
                            load.begin()
                            // One that hangs holds its own place and nobody else's.
                            group.addTask {
                                await attempt(delivery, directory)
                                load.end()
                            }
                        }
                    }
                    let (refreshes, directory) = try await claimRefreshes()
                    for delivery in refreshes { group.addTask { await refresh(delivery, directory) } }
                    if load.isTimeToLook { try await look() }
                } catch {
                    logger.warning("the outbox could not be read", metadata: ["error": "\(error)"])
                }
            }
            // Receivers that answer soon are waited for; what is cut off is claimed again when its lease ends.
            for await _ in AsyncTimerSequence(interval: .milliseconds(100), clock: clock).prefix(Self.goodbyeRounds) {
                if load.count == 0 { break }
            }
            group.cancelAll()
        }
    }

    /// Attempts everything that is due once and waits for the answers.
    /// - Returns: how many deliveries were claimed.
    package func deliverDue() async throws -> Int {
        let claimed = try await claim(32)
        let directory = settings.directory
        await withTaskGroup(of: Void.self) { group in
            for delivery in claimed {
                group.addTask { await attempt(delivery, directory) }
            }
        }
        let (refreshes, current) = try await claimRefreshes()
        for delivery in refreshes { await refresh(delivery, current) }
        return claimed.count
    }

    private func claim(_ most: Int) async throws -> [ClaimedDelivery] {
        let now = clock.now.time
        let probes = try await store.claimProbes(at: now, leaseUntil: now + Self.lease, holder: holder)
        let due = try await store.claimDeliveries(
            at: now, most: Int32(clamping: most), leaseUntil: now + Self.lease, holder: holder)
        return probes + due
    }

    /// What is to be told again to those that forget what they do not hear of.
    private func claimRefreshes() async throws -> (deliveries: [Delivery], directory: DeliveryDirectory) {
        let directory = settings.directory
        let due = try await store.claimRefreshes(at: clock.now.time, delay: AlertmanagerSettings.resendDelay)
        var deliveries: [Delivery] = []
        for delivery in due {
            if directory.notifications.channel(of: delivery.destination)?.resendDelay == nil {
                try await store.endRefresh(of: delivery.id)
            } else {
                deliveries.append(delivery)
            }
        }
        return (deliveries, directory)
    }

    /// Tells once more. What fails is told again at the next time.
    private func refresh(_ delivery: Delivery, _ directory: DeliveryDirectory) async {
        guard case .success(let way) = directory.way(of: delivery) else { return }
        let message = way.message(for: delivery, at: clock.now.time)
        if case .failure(let failure) = await sender.send(message, policy: directory.notifications.outgoing) {
            logger.notice("an Alertmanager could not be told again", metadata: ["reason": "\(failure.reason)"])
        }
    }

    /// Counts what waits, for the metrics.
    private func look() async throws {
        let waiting = try await store.waiting().values
        counters.noteOutbox(
            waiting: waiting.reduce(0) { $0 + Int($1.waiting) }, dead: waiting.reduce(0) { $0 + Int($1.dead) },
            paused: try await store.receiverHealth().values.count { $0.pausedAt != nil })
    }

    private func attempt(_ claimed: ClaimedDelivery, _ directory: DeliveryDirectory) async {
        let startedAt = clock.now.time
        let (outcome, excerpt) = await send(claimed.delivery, directory, at: startedAt)
        if Task.isCancelled { return }
        let now = clock.now.time
        let settlement = RetrySchedule.standard.settlement(
            of: outcome, attempts: Int(claimed.attempt), createdAt: claimed.delivery.createdAt, now: now,
            random: Double.random(in: 0..<1))
        let (status, error, counts) = Self.note(outcome)
        let attempt = DeliveryAttempt(
            delivery: claimed.delivery.id, attempt: claimed.attempt, at: startedAt, status: status, error: error,
            excerpt: excerpt)
        do {
            let settled = try await store.settle(
                claimed, settlement, attempt: attempt, holder: holder, counts: counts, evidence: outcome.evidence,
                refreshAt: refresh(of: claimed.delivery, directory).map { now + $0 })
            if !settled {
                logger.notice("a delivery's lease had passed on", metadata: ["id": "\(claimed.delivery.id)"])
            }
            count(settlement)
            tell(outcome, settlement, of: claimed)
        } catch {
            logger.warning("a delivery could not be settled; it is sent again", metadata: ["error": "\(error)"])
        }
    }

    /// Says what an operator should look at: a delivery that failed for the first time, and one that was given up on.
    private func tell(_ outcome: DeliveryOutcome, _ settlement: Settlement, of claimed: ClaimedDelivery) {
        let (message, level, reason): (Logger.Message, Logger.Level, String)
        switch (settlement, outcome) {
        case (.dead(let told), _): (message, level, reason) = ("a delivery was given up on", .error, told)
        case (.waiting, .retry(_, let told, _)) where claimed.attempt == 1:
            (message, level, reason) = ("a delivery failed and is tried again", .warning, told)
        default: return
        }
        let delivery = claimed.delivery
        logger.log(
            level: level, message,
            metadata: ["id": "\(delivery.id)", "receiver": "\(delivery.destination.name)", "reason": "\(reason)"])
    }

    private func refresh(of delivery: Delivery, _ directory: DeliveryDirectory) -> PrometheusDuration? {
        guard delivery.kind == .notification, AlertmanagerPayload.isFiring(delivery.payload) else { return nil }
        return directory.notifications.channel(of: delivery.destination)?.resendDelay
    }

    private func count(_ settlement: Settlement) {
        switch settlement {
        case .delivered: counters.add(to: .deliveriesSent)
        case .waiting: counters.add(to: .deliveriesRetried)
        case .dead: counters.add(to: .deliveriesDead)
        }
    }

    private func send(
        _ delivery: Delivery, _ directory: DeliveryDirectory, at time: Time
    ) async -> (DeliveryOutcome, excerpt: String?) {
        switch directory.way(of: delivery) {
        case .failure(let failure): return (.paused(reason: failure.reason), nil)
        case .success(let way):
            let message = way.message(for: delivery, at: time)
            switch await sender.send(message, policy: directory.notifications.outgoing) {
            case .success(let response): return (way.outcome(of: response), Self.excerpt(of: response.body))
            case .failure(let failure):
                if failure.isRefused { return (.dead(status: nil, reason: failure.reason), nil) }
                return (.retry(status: nil, reason: failure.reason, after: nil), nil)
            }
        }
    }

    private static func note(_ outcome: DeliveryOutcome) -> (status: Int32?, error: String?, counts: Bool) {
        switch outcome {
        case .delivered(let status): (Int32(clamping: status), nil, true)
        case .retry(let status, let reason, _): (status.map { Int32(clamping: $0) }, reason, true)
        case .dead(let status, let reason): (status.map { Int32(clamping: $0) }, reason, true)
        case .paused(let reason): (nil, reason, false)
        }
    }

    /// The start of an answer's body, without what a database cannot store.
    private static func excerpt(of body: [UInt8]) -> String? {
        body.isEmpty ? nil : String(decoding: body.prefix(500).filter { $0 != 0 }, as: UTF8.self)
    }
}
