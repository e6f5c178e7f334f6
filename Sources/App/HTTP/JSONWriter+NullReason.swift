import JSON
import Monitoring
import Statistics

/// Members that are null say why, under `reasons` of their object.
extension JSONWriter {
    /// A number, or null and why.
    mutating func member(_ name: String, _ number: Double?, or reason: @autoclosure () -> NullReason) {
        member(name, number)
        if number?.isFinite != true { explain(name, reason().rawValue) }
    }

    /// A whole number, or null and why.
    mutating func member(
        _ name: String, _ number: (some FixedWidthInteger)?, or reason: @autoclosure () -> NullReason
    ) {
        member(name, number)
        if number == nil { explain(name, reason().rawValue) }
    }

    /// A truth, or null and why.
    mutating func member(_ name: String, _ truth: Bool?, or reason: @autoclosure () -> NullReason) {
        member(name, truth)
        if truth == nil { explain(name, reason().rawValue) }
    }

    /// A text, or null and why.
    mutating func member(_ name: String, _ text: String?, or reason: @autoclosure () -> NullReason) {
        member(name, text)
        if text == nil { explain(name, reason().rawValue) }
    }

    /// Both ends of an interval as an array, or null and why.
    mutating func member(_ name: String, _ interval: Interval?, or reason: @autoclosure () -> NullReason) {
        guard let interval else { return null(name, reason()) }
        member(name, [interval.low, interval.high] as [Double?])
    }

    /// Null and why.
    mutating func null(_ name: String, _ reason: NullReason) {
        member(name, JSONNode.null)
        explain(name, reason.rawValue)
    }
}
