import Alerting
import Hummingbird
import Query
import Store

/// Alerts with verdict, health and reason.
enum AlertsPage {
    private static let states = ["firing", "pending", "resolved"]
    /// How many alerts a page shows.
    private static let most = 500

    static func page(_ store: Store, _ request: Request) async throws -> Page {
        try request.refuseParameters(except: ["state", "model"])
        let (state, model) = (request.parameter("state"), request.parameter("model"))
        if let state, !states.contains(state) {
            throw Problem.invalid([("?state", "give pending, firing or resolved")])
        }
        let records = try await store.alertRecords(verdict: state, model: model)
        let suffix = model.map { "model=\(PageText.encoded($0))" }
        let choices =
            ([("all", "/pages/alerts" + (suffix.map { "?\($0)" } ?? ""))])
            + states.map { ($0, "/pages/alerts?state=\($0)" + (suffix.map { "&\($0)" } ?? "")) }
        let current = state.flatMap { states.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let rows = records.prefix(most).map(row)
        let rest: Markup =
            records.count > most ? "<p>\(records.count - most) more are in <code>/v1/alerts</code>.</p>" : .empty
        return Page(
            title: model.map { "Alerts of \($0)" } ?? "Alerts",
            content: """
                \(Markup.choices(choices, current: current))
                \(rows.isEmpty ? "<p class=\"soft\">There are none.</p>" : table(rows))
                \(rest)
                """)
    }

    private static func table(_ rows: [Markup]) -> Markup {
        """
        <div class="scroll"><table class="stack"><thead><tr><th>alert</th><th>state</th><th>health</th><th>since</th><th class="number">value</th>\
        <th>why</th><th></th></tr></thead><tbody>\(Markup(rows))</tbody></table></div>
        """
    }

    private static func row(_ record: AlertRecord) -> Markup {
        let alert = AlertDocument.alert(of: record.alert.state)
        let path = "/pages/alerts/\(PageText.encoded(record.alert.fingerprint))"
        let labels = (alert?.labels.pairs ?? []).filter { $0.name != "alertname" }.map { "\($0.name)=\($0.value)" }
        let summary = alert?.annotations.first { $0.name == "summary" }?.value ?? ""
        let why = [summary, alert?.healthReason ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        let seen: Markup =
            if let at = record.acknowledgedAt {
                "<span class=\"soft\">seen by \(record.acknowledgedBy ?? "somebody") at \(PageText.time(at))</span>"
            } else if record.alert.verdict == "firing" {
                Markup.button("Acknowledge", to: path + "/acknowledge", about: record.alert.alertname)
            } else {
                .empty
            }
        return """
            <tr><td class="wide"><a href="\(path)">\(record.alert.alertname)</a>\
            <div class="soft">\(labels.joined(separator: ", "))</div></td>\
            <td data-name="state">\(Markup.mark(record.alert.verdict))</td><td data-name="health">\(Markup.mark(record.alert.health))</td>\
            <td data-name="since">\(PageText.time(alert.map { $0.firedAt ?? $0.activeAt }))</td>\
            <td class="number" data-name="value">\(PageText.number(alert?.value))</td><td class="wide">\(why)</td><td>\(seen)</td></tr>
            """
    }
}
