import Alerting
import Integrations
import Monitoring
import Testing

struct StatusOutcomeTests {
    private static let noon = Time(microseconds: 1_767_268_800_000_000)

    @Test(arguments: 100..<600)
    func `every status is delivered, tried again, or dead`(status: Int) {
        let response = OutboundResponse(status: status, retryAfter: "7", receivedAt: Self.noon)
        switch StatusOutcome.outcome(of: response) {
        case .delivered(let kept):
            #expect((200...299).contains(status))
            #expect(kept == status)
        case .retry(let kept, let reason, let after):
            #expect((300...399).contains(status) || status >= 500 || [408, 410, 425, 429].contains(status))
            #expect(kept == status)
            #expect(reason.contains("\(status)"))
            #expect(after == PrometheusDuration("7s"))
        case .dead(let kept, let reason):
            #expect((400...499).contains(status) && ![408, 410, 425, 429].contains(status) || status < 200)
            #expect(kept == status)
            #expect(reason.contains("\(status)"))
        case .paused: Issue.record("an answer never pauses")
        }
    }

    @Test(arguments: [
        ("0", 0 as Int64?), ("120", 120), (" 7 ", 7), ("99999999999999999999", 999_999_999), ("-1", nil), ("1.5", nil),
        ("", nil), ("soon", nil), ("Thu, 01 Jan 2026 12:01:30 GMT", 90), ("Thu, 01 Jan 2026 11:00:00 GMT", 0),
        ("Thu, 01 Jan 2026 12:01:30 CET", nil), ("Thu, 31 Feb 2026 12:00:00 GMT", nil),
        ("Thu, 01 Foo 2026 12:00:00 GMT", nil),
        ("2026-01-01T12:00:00Z", nil),
    ])
    func `Retry-After is seconds or a date`(header: String, seconds: Int64?) {
        let delay = RetryAfter.delay(header, now: Self.noon)
        #expect(delay?.microseconds == seconds.map { $0 * 1_000_000 })
    }
}
