import JSON
import Monitoring

/// The report of a backtest of one model, as tables for people.
struct BacktestTable {
    private let report: JSONNode

    /// The tables of one member of `models`.
    init(_ report: JSONNode) {
        self.report = report
    }

    /// The most rows of a table.
    private static let most = 200

    /// Prints everything.
    func show(on console: Console) {
        func text(_ key: String) -> String { report[key]?.string ?? "?" }
        console.line("\(text("model")): \(text("from")) to \(text("to")), \(report["slots"]?.int64 ?? 0) slots judged")
        console.line()
        for (title, table) in [
            ("rules", rules), ("alerts that fired", alerts), ("notifications", notifications), ("retraining", runs),
        ] {
            let rows = table.lines
            console.line("\(title): \(rows.count > 2 ? "" : "none")")
            if rows.count > 2 { for line in rows.prefix(Self.most + 2) { console.line(line) } }
            if rows.count > Self.most + 2 { console.line("  ... \(rows.count - Self.most - 2) more; see --json") }
            console.line()
        }
        for failure in report["failures"]?.elements ?? [] {
            console.line(
                "\(failure["rule"]?.string ?? "") could not be evaluated at \(failure["count"]?.int64 ?? 0) slots, first at "
                    + "\(failure["first_at"]?.string ?? ""): \(PlainText.line(failure["reason"]?.string ?? ""))")
        }
        let later = (report["judged_with_later_labels"]?.elements ?? []).compactMap(\.string)
        if !later.isEmpty {
            console.line(
                "These were judged with all labels, also those that came later: \(later.joined(separator: ", "))")
        }
    }

    private var rules: TextTable {
        var table = TextTable(["rule", "alerts", "per 30 d", "time firing", "false alerts expected"])
        for rule in report["rules"]?.elements ?? [] {
            let share = rule["firing_share"]?.double.map { Self.number($0 * 100, 1) + " %" }
            let expected = rule["expected_false_alerts"]?.double.map { Self.number($0, 2) }
            table.append([
                rule["rule"]?.string ?? "", "\(rule["alerts"]?.int64 ?? 0)",
                rule["alerts_per_30d"]?.double.map { Self.number($0, 1) } ?? "-",
                "\(share ?? "-") (\(rule["firing_time"]?.string ?? ""))", expected ?? "-",
            ])
        }
        return table
    }

    private var alerts: TextTable {
        var table = TextTable(["alert", "pending", "firing", "resolved", "for", "value", "labels"])
        for alert in report["alerts"]?.elements ?? [] where alert["firing_at"]?.string != nil {
            let labels = (alert["labels"]?.members ?? []).filter { !["alertname", "model"].contains($0.name) }
            table.append([
                alert["labels"]?["alertname"]?.string ?? "", alert["pending_at"]?.string ?? "",
                alert["firing_at"]?.string ?? "", alert["resolved_at"]?.string ?? "still firing",
                alert["fired_for"]?.string ?? "", alert["value"]?.double.map { Self.number($0, 4) } ?? "",
                labels.map { "\($0.name)=\($0.value.string ?? "")" }.joined(separator: " "),
            ])
        }
        return table
    }

    private var notifications: TextTable {
        var table = TextTable(["at", "receiver", "status", "alerts", "reason"])
        for told in report["notifications"]?.elements ?? [] {
            table.append([
                told["at"]?.string ?? "", "\(told["receiver"]?.string ?? "")/\(told["channel"]?.string ?? "")",
                told["status"]?.string ?? "", "\(told["alerts"]?.elements?.count ?? 0)", told["reason"]?.string ?? "",
            ])
        }
        return table
    }

    private var runs: TextTable {
        var table = TextTable(["at", "policy", "alerts that asked"])
        for run in report["retraining"]?.elements ?? [] {
            table.append([
                run["at"]?.string ?? "", run["policy"]?.string ?? "", "\(run["alerts"]?.elements?.count ?? 0)",
            ])
        }
        return table
    }

    private static func number(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        return NumberText.shortest((value * scale).rounded() / scale)
    }
}
