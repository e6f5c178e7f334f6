/// Which windows a model has: how long they are and when they end.
package struct WindowSpec: Hashable, Sendable {
    /// How much event time a window holds; a multiple of the step.
    package var length: PrometheusDuration

    /// From one window's end to the next.
    package var step: PrometheusDuration

    /// What is added to the multiples of the step since 1970-01-01T00:00:00Z to get the ends.
    package var offset: PrometheusDuration

    /// Windows of a length by a step.
    package init(length: PrometheusDuration, step: PrometheusDuration, offset: PrometheusDuration = .zero) {
        self.length = length
        self.step = step
        self.offset = offset
    }

    /// The windows of a model that declares none: 24h by 1h and 7d by 1d.
    package static let defaults: [Self] = [
        Self(length: .hours(24), step: .hours(1)), Self(length: .days(7), step: .days(1)),
    ]

    /// The greatest number of steps in a length.
    package static let mostSteps: Int64 = 10_000
}

extension PrometheusDuration {
    /// That many days, written as such.
    package static func days(_ count: Int64) -> Self { Self(count, .days) }

    /// That many hours, written as such.
    package static func hours(_ count: Int64) -> Self { Self(count, .hours) }

    /// That many minutes, written as such.
    package static func minutes(_ count: Int64) -> Self { Self(count, .minutes) }
}
