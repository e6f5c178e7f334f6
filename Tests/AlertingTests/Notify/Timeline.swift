import Alerting
import Monitoring
import Query
import Testing

/// A group that lives through a table of events; times are minutes after noon.
struct Timeline {
    static let noon = Time(microseconds: 1_767_268_800_000_000)

    /// A transition: which alert, when, and whether it fires.
    struct Step: Sendable {
        let minute: Double
        let name: String
        let fires: Bool

        init(_ minute: Double, _ name: String, _ fires: Bool) {
            self.minute = minute
            self.name = name
            self.fires = fires
        }
    }

    var group: AlertGroup
    var audience = Audience()
    var told: [String] = []
    /// What keeps alerts quiet.
    var quiet = Quiet.none

    init(wait: String = "1m", interval: String = "5m", repetition: String = "1h") throws {
        let timers = GroupTimers(
            wait: try #require(PrometheusDuration(wait)), interval: try #require(PrometheusDuration(interval)),
            repetition: try #require(PrometheusDuration(repetition)))
        group = AlertGroup(
            key: GroupKey(route: "{}", labels: ["model": "churn"]),
            destination: Destination(name: "team", channel: "webhook/0"), timers: timers)
    }

    static func time(_ minute: Double) -> Time {
        Time(microseconds: noon.microseconds + Int64(minute * 60_000_000))
    }

    static func alert(_ name: String, fires: Bool, at minute: Double) -> NotifiedAlert {
        NotifiedAlert(
            labels: ["alertname": name, "model": "churn"], annotations: [Label(name: "summary", value: "at \(minute)")],
            startsAt: time(fires ? minute : 0), endsAt: fires ? nil : time(minute))
    }

    mutating func enter(_ step: Step) {
        group.enter(Self.alert(step.name, fires: step.fires, at: step.minute), at: Self.time(step.minute))
    }

    /// Plans everything that is due, and writes down what was told as `minute reason: firing | resolved`.
    mutating func plan(upTo minute: Double) {
        while let plan = Plan(of: group, upTo: Self.time(minute), audience: audience, replayed: false, quiet: quiet) {
            group = plan.group
            guard let notification = plan.notification else { continue }
            let after = (notification.eventTime - Self.noon).seconds / 60
            let firing = notification.alerts.filter { !$0.isResolved }.map { $0.labels["alertname"] }
            let resolved = notification.alerts.filter(\.isResolved).map { $0.labels["alertname"] }
            let list = firing.joined(separator: " ") + " | " + resolved.joined(separator: " ")
            told.append("\(Int(after)) \(notification.reason.rawValue): \(list)")
        }
    }
}
