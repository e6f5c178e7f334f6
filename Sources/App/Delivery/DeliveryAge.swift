package import Monitoring

/// How long deliveries are kept after they were settled, by the wall clock.
package struct DeliveryAge: Hashable, Sendable {
    /// Those that were taken.
    package let delivered: PrometheusDuration
    /// Those that were given up on, which somebody may still want to look at.
    package let dead: PrometheusDuration

    /// With both ages.
    package init(delivered: PrometheusDuration, dead: PrometheusDuration) {
        self.delivered = delivered
        self.dead = dead
    }

    /// 30 and 180 days.
    package static let standard = Self(delivered: .days(30), dead: .days(180))

    /// How many are removed in one transaction.
    static let batch: Int32 = 1000
}
