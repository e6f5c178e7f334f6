import Alerting
import Monitoring
import Testing

struct RetrainingRunTests {
    private let start = Time(microseconds: 1_767_268_800_000_000)

    private func run(_ state: RetrainingState) throws -> RetrainingRun {
        RetrainingRun(
            id: "rt_1", policy: "p", model: "m", eventTime: start, replayed: false, reasons: [], window: nil,
            requestedAt: start, deadline: start + (try #require(PrometheusDuration("24h"))), state: state,
            changedAt: start)
    }

    @Test(arguments: [
        ("requested", "running", "running changed"), ("requested", "succeeded", "succeeded changed"),
        ("requested", "failed", "failed changed"), ("running", "running", "running unchanged"),
        ("running", "succeeded", "succeeded changed"), ("running", "failed", "failed changed"),
        ("succeeded", "running", "succeeded unchanged"), ("succeeded", "succeeded", "succeeded unchanged"),
        ("succeeded", "failed", "succeeded refused"), ("failed", "running", "failed unchanged"),
        ("failed", "succeeded", "failed refused"), ("failed", "failed", "failed unchanged"),
        ("timed_out", "running", "timed_out unchanged"), ("timed_out", "succeeded", "succeeded changed"),
        ("timed_out", "failed", "failed changed"), ("recorded", "running", "recorded refused"),
        ("recorded", "succeeded", "recorded refused"), ("recorded", "failed", "recorded refused"),
    ])
    func `a call-back moves a run forward or not at all`(from: String, report: String, expected: String) throws {
        var run = try run(try #require(RetrainingState(rawValue: from)))
        let later = Time(microseconds: start.microseconds + 1)
        let change = run.take(
            RetrainingReport(
                state: try #require(.init(rawValue: report)), modelVersion: "4", metrics: #"{"auc":0.9}"#), at: later)
        let word =
            switch change {
            case .changed: "changed"
            case .unchanged: "unchanged"
            case .refused: "refused"
            }
        #expect("\(run.state.rawValue) \(word)" == expected)
        #expect(run.changedAt == (change == .changed ? later : start))
        #expect(run.modelVersion == (change == .changed ? "4" : nil))
        #expect(run.metrics == (change == .changed ? #"{"auc":0.9}"# : nil))
    }

    @Test(arguments: RetrainingState.allCases)
    func `only an open run is given up, and only after its deadline`(state: RetrainingState) throws {
        var run = try run(state)
        #expect(run.expire(at: Time(microseconds: run.deadline.microseconds - 1)) == .unchanged)
        #expect(run.expire(at: run.deadline) == (state.isOpen ? .changed : .unchanged))
        #expect(run.state == (state.isOpen ? .timedOut : state))
    }

    @Test(arguments: RetrainingState.allCases)
    func `a run that nobody could be asked for has failed`(state: RetrainingState) throws {
        var run = try run(state)
        let change = run.abandon(because: "status 404", at: start)
        #expect(change == (state == .requested ? .changed : .unchanged))
        #expect(run.state == (state == .requested ? .failed : state))
    }
}
