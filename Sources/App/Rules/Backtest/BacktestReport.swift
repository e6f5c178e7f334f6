import Alerting
import Monitoring
import Query
import Store

/// What would have happened: alerts, notifications and retraining, and how much of it chance alone would make.
struct BacktestReport: Sendable {
    /// What one rule would have done.
    struct RuleSummary: Sendable {
        let path: String
        let rule: Rule
        /// How many alerts fired.
        let alerts: Int
        /// How many were true for less than `for`.
        let pendingOnly: Int
        /// The share of the stretch in which any alert of the rule fired.
        let firingShare: Double
        /// How long the alerts fired, in all.
        let firingTime: PrometheusDuration
        /// How many false alerts the thresholds let expect if nothing drifts; nil where the rule has no such threshold.
        let expectedFalseAlerts: Double?
    }

    let model: String
    let from: Time
    let to: Time
    let slots: Int
    let rules: [RuleSummary]
    let episodes: [AlertEpisode]
    let notifications: [Notification]
    let runs: [StoredRun]
    let failures: [(rule: String, count: Int, first: Time, reason: String)]
    /// Series that the rules read and that are judged with labels that came later.
    let seriesOfLaterLabels: [String]

    /// The report of a backtest that is done.
    init(_ backtest: Backtest, _ record: BacktestRecord, groups: [RuleGroup], subject: SeriesReader.Subject) {
        model = backtest.model.name
        from = backtest.from
        to = backtest.to
        slots = record.slots
        episodes = record.episodes.sorted { ($0.pendingAt, $0.rule, $0.labels) < ($1.pendingAt, $1.rule, $1.labels) }
        notifications = record.notifications
        runs = record.started
        failures = record.failures.map { entry in
            (rule: entry.key, count: entry.value.count, first: entry.value.first, reason: entry.value.reason)
        }
        .sorted { $0.rule < $1.rule }
        var summaries: [RuleSummary] = []
        let byRule = Dictionary(grouping: record.episodes, by: \.rule)
        let estimate = FalseAlarmEstimate(subject: subject, from: backtest.from, to: backtest.to)
        for group in groups {
            for rule in group.rules where rule.kind == .alert {
                let path = "\(ModelTimeline.path(of: group))/\(rule.key)"
                summaries.append(
                    Self.summary(path, rule, byRule[path] ?? [], backtest, estimate.alerts(of: rule.expression)))
            }
        }
        rules = summaries
        let task = subject.schema.task
        var later: Set<String> = []
        for selector in groups.flatMap(\.rules).flatMap(\.expression.selectors) {
            if let name = selector.name.flatMap(SeriesName.init), name.isJudgedWithLaterLabels(for: task) {
                later.insert(name.text)
            }
        }
        seriesOfLaterLabels = later.sorted()
    }

    private static func summary(
        _ path: String, _ rule: Rule, _ episodes: [AlertEpisode], _ backtest: Backtest, _ expected: Double?
    ) -> RuleSummary {
        let fired = episodes.compactMap { $0.firing(until: backtest.to) }.sorted { $0.from < $1.from }
        var covered = PrometheusDuration.zero
        var reached = backtest.from
        for stretch in fired where stretch.to > reached {
            covered = covered + (stretch.to - max(stretch.from, reached))
            reached = stretch.to
        }
        let length = backtest.to - backtest.from
        return RuleSummary(
            path: path, rule: rule, alerts: fired.count, pendingOnly: episodes.count - fired.count,
            firingShare: length > .zero ? covered.seconds / length.seconds : 0,
            firingTime: fired.reduce(.zero) { $0 + ($1.to - $1.from) }, expectedFalseAlerts: expected)
    }

    /// How long the stretch is, in days.
    var days: Double { (to - from).seconds / 86_400 }
}
