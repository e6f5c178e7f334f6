import Alerting
import Monitoring
import Query
import Testing

struct DeduplicateTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let firing: String
        let resolved: String
        let told: (firing: String, resolved: String)?
        let hours: Int64
        let sendsResolved: Bool
        let expected: NotificationReason

        init(
            _ firing: String, _ resolved: String, _ told: (firing: String, resolved: String)?, hours: Int64 = 0,
            sends: Bool = true, _ expected: NotificationReason
        ) {
            (self.firing, self.resolved, self.told, self.hours) = (firing, resolved, told, hours)
            (sendsResolved, self.expected) = (sends, expected)
        }

        var testDescription: String {
            let last = told.map { "\($0.firing)|\($0.resolved)" } ?? "nothing"
            return "\(firing)|\(resolved) after \(last), \(hours) h, \(sendsResolved)"
        }
    }

    @Test(arguments: [
        Row("", "", nil, .nothingNew), Row("", "A", nil, .nothingNew), Row("A", "", nil, .firstNotification),
        Row("A", "B", nil, .firstNotification), Row("A", "", ("", "A"), .firstNotification),
        Row("AB", "", ("A", ""), .newAlertsAdded), Row("B", "A", ("A", ""), .newAlertsAdded),
        Row("", "A", ("A", ""), .allAlertsResolved), Row("", "A", ("A", ""), sends: false, .allAlertsResolved),
        Row("", "A", ("", "A"), .nothingNew), Row("", "B", ("", "A"), .nothingNew),
        Row("A", "B", ("AB", ""), .someAlertsResolved), Row("A", "B", ("AB", ""), sends: false, .nothingNew),
        Row("A", "B", ("A", "B"), .nothingNew), Row("A", "", ("AB", ""), .nothingNew),
        Row("A", "", ("A", ""), hours: 3, .nothingNew), Row("A", "", ("A", ""), hours: 4, .repeatIntervalElapsed),
        Row("", "", ("", "A"), hours: 9, .nothingNew),
        Row("A", "B", ("AB", ""), hours: 5, sends: false, .repeatIntervalElapsed),
    ])
    func `the reason is that of the table`(row: Row) {
        let start = Time(microseconds: 0)
        let told = row.told.map { Told(at: start, firing: set($0.firing), resolved: set($0.resolved)) }
        let reason = Deduplicate.reason(
            firing: set(row.firing), resolved: set(row.resolved), told: told,
            at: Time(microseconds: row.hours * 3_600_000_000), repetition: GroupTimers.standard.repetition,
            sendsResolved: row.sendsResolved)
        #expect(reason == row.expected)
    }

    private func set(_ names: String) -> Set<Fingerprint> {
        Set(names.map { Fingerprint(["alertname": String($0)]) })
    }
}
