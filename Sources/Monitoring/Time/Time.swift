/// An instant as whole microseconds since 1970-01-01T00:00:00Z, on a time line without leap seconds.
///
/// The only date type of the pure rooms. Arithmetic holds at the ends of the representable range instead of trapping, so that
/// no time from outside can stop the process.
package struct Time: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, negative before it.
    package let microseconds: Int64

    /// The instant that many microseconds after 1970-01-01T00:00:00Z.
    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// 1970-01-01T00:00:00Z.
    package static let epoch = Self(microseconds: 0)

    /// 0001-01-01T00:00:00Z, the first instant that has a text form.
    package static let earliest = Self(microseconds: -62_135_596_800_000_000)

    /// 9999-12-31T23:59:59.999999Z, the last instant that has a text form.
    package static let latest = Self(microseconds: 253_402_300_799_999_999)

    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The instant a duration later; holds at the ends of the range.
    package static func + (time: Self, duration: PrometheusDuration) -> Self {
        Self(microseconds: time.microseconds.addingSaturating(duration.microseconds))
    }

    /// The instant a duration earlier; holds at the ends of the range.
    package static func - (time: Self, duration: PrometheusDuration) -> Self {
        Self(microseconds: time.microseconds.subtractingSaturating(duration.microseconds))
    }

    /// How long after `right` the time `left` is, negative when it is before; holds at the ends of the range.
    package static func - (left: Self, right: Self) -> PrometheusDuration {
        PrometheusDuration(microseconds: left.microseconds.subtractingSaturating(right.microseconds))
    }

    /// The greatest time that is not after this one and is `offset` plus a multiple of `step` since 1970.
    ///
    /// A step of zero or less leaves the time as it is.
    package func floor(
        toMultipleOf step: PrometheusDuration, offset: PrometheusDuration = .zero
    ) -> Self {
        guard step.microseconds > 0 else { return self }
        let shift = offset.microseconds.positiveRemainder(dividingBy: step.microseconds)
        let remainder = microseconds.positiveRemainder(dividingBy: step.microseconds)
        let beyond = remainder >= shift ? remainder - shift : remainder - shift + step.microseconds
        return Self(microseconds: microseconds.subtractingSaturating(beyond))
    }

    /// The least time that is not before this one and is `offset` plus a multiple of `step` since 1970.
    ///
    /// A step of zero or less leaves the time as it is.
    package func ceil(
        toMultipleOf step: PrometheusDuration, offset: PrometheusDuration = .zero
    ) -> Self {
        let below = floor(toMultipleOf: step, offset: offset)
        return below == self ? self : below + step
    }
}

extension Int64 {
    /// The sum, held at the ends of the range where it does not fit.
    func addingSaturating(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    /// The difference, held at the ends of the range where it does not fit.
    func subtractingSaturating(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }

    /// The product, held at the ends of the range where it does not fit.
    func multipliedSaturating(by other: Int64) -> Int64 {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
    }

    /// The remainder in `0..<divisor` for a positive divisor.
    func positiveRemainder(dividingBy divisor: Int64) -> Int64 {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }
}
