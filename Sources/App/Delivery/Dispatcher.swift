import Alerting
import AsyncAlgorithms
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

    /// How long a claimed delivery is ours: longer than any attempt may take.
    static var lease: PrometheusDuration { PrometheusDuration(microseconds: 40_000_000) }
    private static var most: Int32 { 32 }

    package func run() async throws {
        for await _ in AsyncTimerSequence(interval: .milliseconds(200), clock: clock).cancelOnGracefulShutdown() {
            do {
                while try await deliverDue() > 0 {}
            } catch {
                logger.warning("the outbox could not be read", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Attempts everything that is due once.
    /// - Returns: how many deliveries were claimed.
    package func deliverDue() async throws -> Int {
        let now = clock.now.time
        let claimed = try await store.claimDeliveries(
            at: now, most: Self.most, leaseUntil: now + Self.lease, holder: holder)
        let directory = settings.directory
        await withTaskGroup(of: Void.self) { group in
            for delivery in claimed {
                group.addTask { await attempt(delivery, directory) }
            }
        }
        return claimed.count
    }

    private func attempt(_ claimed: ClaimedDelivery, _ directory: DeliveryDirectory) async {
        let startedAt = clock.now.time
        let (outcome, excerpt) = await send(claimed.delivery, directory, at: startedAt)
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
                claimed, settlement, attempt: attempt, holder: holder, counts: counts)
            if !settled {
                logger.notice("a delivery's lease had passed on", metadata: ["id": "\(claimed.delivery.id)"])
            }
            count(settlement)
            if case .dead(let reason) = settlement {
                logger.error(
                    "a delivery was given up on", metadata: ["id": "\(claimed.delivery.id)", "reason": "\(reason)"])
            }
        } catch {
            logger.warning("a delivery could not be settled; it is sent again", metadata: ["error": "\(error)"])
        }
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
            let request = way.request(for: delivery, at: time)
            switch await sender.send(request, policy: directory.notifications.outgoing) {
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
