import Alerting
import JSON
import Monitoring
import Query
import Store

/// The report of a backtest as JSON.
enum BacktestDocument {
    /// The most members of a list.
    private static let most = 10_000

    /// Writes the report of one model.
    static func write(_ report: BacktestReport, to object: inout JSONWriter) {
        object.member("model", report.model)
        object.member("from", report.from.rfc3339)
        object.member("to", report.to.rfc3339)
        object.member("slots", report.slots)
        object.array("rules") { array in
            for rule in report.rules { array.object { write(rule, days: report.days, to: &$0) } }
        }
        object.array("alerts") { array in
            for episode in report.episodes.prefix(most) { array.object { write(episode, until: report.to, to: &$0) } }
        }
        object.array("notifications") { array in
            for told in report.notifications.prefix(most) { array.object { write(told, to: &$0) } }
        }
        object.array("retraining") { array in
            for run in report.runs.prefix(most) {
                array.object { entry in
                    entry.member("at", run.eventTime.rfc3339)
                    entry.member("policy", run.policy)
                    entry.array("alerts") { list in
                        for alert in RunDocument.run(of: run.document)?.reasons ?? [] {
                            list.value(alert.fingerprint.description)
                        }
                    }
                }
            }
        }
        object.array("failures") { array in
            for failure in report.failures {
                array.object { entry in
                    entry.member("rule", failure.rule)
                    entry.member("count", failure.count)
                    entry.member("first_at", failure.first.rfc3339)
                    entry.member("reason", failure.reason)
                }
            }
        }
        object.array("judged_with_later_labels") { array in
            for name in report.seriesOfLaterLabels { array.value(name) }
        }
        let longest = max(report.episodes.count, report.notifications.count, report.runs.count)
        object.member("truncated", longest > most)
    }

    private static func write(_ summary: BacktestReport.RuleSummary, days: Double, to object: inout JSONWriter) {
        object.member("rule", summary.path)
        object.member("alertname", summary.rule.name)
        object.member("alerts", summary.alerts)
        object.member("pending_only", summary.pendingOnly)
        object.member("firing_share", summary.firingShare)
        object.member("firing_time", summary.firingTime.text)
        object.member("alerts_per_30d", days > 0 ? Double(summary.alerts) * 30 / days : nil)
        object.member("expected_false_alerts", summary.expectedFalseAlerts)
    }

    private static func write(_ episode: AlertEpisode, until end: Time, to object: inout JSONWriter) {
        object.member("rule", episode.rule)
        object.member("fingerprint", episode.fingerprint)
        object.object("labels") { $0.members(episode.labels.pairs) }
        object.member("pending_at", episode.pendingAt.rfc3339)
        object.member("firing_at", episode.firingAt?.rfc3339)
        object.member("resolved_at", episode.firingAt == nil ? nil : episode.endedAt?.rfc3339)
        object.member("ended_at", episode.endedAt?.rfc3339)
        object.member("fired_for", episode.firing(until: end).map { ($0.to - $0.from).text })
        object.member("value", episode.value.isFinite ? episode.value : nil)
        object.array("history") { array in
            for event in episode.changes.prefix(1000) { array.object { AlertRoutes.write(event, to: &$0) } }
        }
    }

    private static func write(_ told: Notification, to object: inout JSONWriter) {
        object.member("at", told.eventTime.rfc3339)
        object.member("receiver", told.destination.name)
        object.member("channel", told.destination.channel)
        object.member("reason", told.reason.rawValue)
        object.member("status", told.isFiring ? "firing" : "resolved")
        object.member("group_key", told.key.text)
        object.array("alerts") { array in
            for alert in told.alerts {
                array.object { entry in
                    entry.member("fingerprint", alert.fingerprint.description)
                    entry.member("status", alert.isResolved ? "resolved" : "firing")
                }
            }
        }
        object.member("truncated_alerts", told.truncatedAlerts)
    }
}
