import Alerting
import JSON
import Monitoring
import Store

/// A verdict that would have been another, with what is known now.
struct Correction: Sendable {
    /// The entry of the history that it corrects.
    let event: AlertEvent
    /// What the verdict would be.
    let verdict: AlertVerdict
    /// The value at the slot now; nil where there is none.
    let value: Double?
    /// What came late.
    let cause: Cause

    /// What came late.
    enum Cause: String, Sendable {
        case rows
        case labels
        case both = "rows and labels"

        init(_ reopening: LiveWindows.Reopening) {
            self = reopening.hasRows ? (reopening.hasLabels ? .both : .rows) : .labels
        }
    }

    /// For people.
    var text: String {
        let wasInactive = event.to == AlertVerdict.inactive.rawValue
        let change =
            wasInactive
            ? "it would have fired" : verdict == .firing ? "it would still have fired" : "it would not have fired"
        if wasInactive {
            return "With \(cause.rawValue) that came late, at \(event.slot.rfc3339) \(change).\(valueText)"
        }
        let was = event.value.isFinite ? " The value was \(short(event.value))" : ""
        let now = value.map { was.isEmpty ? "" : ", now it is \(short($0))." } ?? (was.isEmpty ? "" : ".")
        return "With \(cause.rawValue) that came late, at \(event.slot.rfc3339) \(change).\(was)\(now)"
    }

    /// The value alone, where there was none before.
    private var valueText: String { value.map { " The value is \(short($0))." } ?? "" }

    private func short(_ value: Double) -> String {
        "\((value * 1e6).rounded() / 1e6)"
    }

    /// The entry of the history at the slot up to which rules have been judged.
    func entry(at slot: Time, isNotified: Bool) -> AlertEvent {
        AlertEvent(
            rule: event.rule, fingerprint: event.fingerprint, slot: slot, from: event.to, to: Self.verdict,
            health: event.health, reason: text, value: value ?? .nan, correction: document(isNotified: isNotified))
    }

    /// What stands in the place of a verdict in the history.
    static let verdict = "corrected"

    private func document(isNotified: Bool) -> String {
        var writer = JSONWriter()
        writer.object { object in
            object.member("slot", event.slot.rfc3339)
            object.member("was", event.to)
            object.member("would_be", verdict.rawValue)
            object.member("old_value", event.value.isFinite ? event.value : nil)
            object.member("new_value", value)
            object.member("cause", cause.rawValue)
            object.member("notified", isNotified)
        }
        return writer.text
    }

    /// The slot and the verdict that an entry of the history corrects it to.
    static func read(_ entry: AlertEvent) -> (slot: String, was: String, wouldBe: String)? {
        guard let node = entry.correction.flatMap(AlertDocument.parsed), let slot = node["slot"]?.string,
            let was = node["was"]?.string, let wouldBe = node["would_be"]?.string
        else { return nil }
        return (slot, was, wouldBe)
    }
}
