import Alerting
import Monitoring
import Query
import Store

/// One alert: what it says, what became of it, who was told, and what can be done.
enum AlertPage {
    /// How many entries of the history are shown, the newest first.
    private static let most = 200

    static func page(_ routes: AlertRoutes, _ fingerprint: String) async throws -> Page {
        guard let record = try await routes.store.alertRecords(fingerprint: fingerprint).first,
            let alert = AlertDocument.alert(of: record.alert.state)
        else { throw Problem.unknown("alert") }
        let history = try await routes.store.history(model: record.model, fingerprint: fingerprint)
        let audiences = try await routes.audiences(of: record)
        let window = try await window(of: alert, record, routes.models)
        let clock = try await routes.clock(of: record.model)
        let silences = try await routes.store.silences(endingAfter: clock).compactMap(SilenceDocument.silence)
            .filter { $0.matches(alert.labels) && $0.state(at: clock) == .active }
        return Page(
            title: record.alert.alertname,
            content: """
                \(facts(alert, record, window))
                \(rule(record.alert.rule, routes.settings.current.rules))
                \(actions(record, silences))
                <h2>Who was told, and who was not</h2>
                \(audiences.isEmpty ? "<p class=\"soft\">Nobody is told of an alert that has not fired.</p>" : told(audiences))
                <h2>History</h2>
                \(entries(history.suffix(most).reversed()))
                """)
    }

    /// The page of the window that the alert was judged on last.
    private static func window(of alert: Alert, _ record: AlertRecord, _ models: ModelCatalog) async throws -> String? {
        guard let model = try await models.model(named: record.modelName) else { return nil }
        return WindowAddress.text(
            of: alert.labels, at: alert.resolvedAt ?? alert.lastEvaluated, windows: model.schema.windows,
            model: "/pages/models/\(PageText.encoded(model.name))")
    }

    private static func facts(_ alert: Alert, _ record: AlertRecord, _ window: String?) -> Markup {
        let pairs = alert.labels.pairs + alert.annotations
        let items = pairs.map { pair -> Markup in "<div><dt>\(pair.name)</dt><dd>\(pair.value)</dd></div>" }
        let link: Markup = window.map { "<p><a href=\"\($0)\">The window that it is about</a></p>" } ?? .empty
        let reason = alert.healthReason
        return """
            <p>\(Markup.mark(record.alert.verdict)) \(Markup.mark(record.alert.health)) \
            since \(PageText.time(alert.firedAt ?? alert.activeAt)), value \(PageText.number(alert.value)) <span class="warn">\(reason)</span></p>
            \(link)
            <dl>\(Markup(items))</dl>
            """
    }

    /// The condition itself; nothing where its rule is gone.
    private static func rule(_ path: String, _ rules: RuleSet) -> Markup {
        for group in rules.groups where path.hasPrefix("\(ModelTimeline.path(of: group))/") {
            guard let rule = group.rules.first(where: { "\(ModelTimeline.path(of: group))/\($0.key)" == path }) else {
                continue
            }
            let wait: Markup = rule.holdDuration > .zero ? ", for \(rule.holdDuration.text)" : .empty
            return """
                <details><summary>The rule</summary><p class="soft">\(group.file), group \(group.name), \
                every \(group.interval.text)\(wait)</p><pre>\(rule.expression.text)</pre></details>
                """
        }
        return .empty
    }

    private static func actions(_ record: AlertRecord, _ silences: [Silence]) -> Markup {
        let path = "/pages/alerts/\(PageText.encoded(record.alert.fingerprint))"
        let seen: Markup =
            if let at = record.acknowledgedAt {
                "<p>Seen by \(record.acknowledgedBy ?? "somebody") at \(PageText.time(at)).</p>"
            } else if record.alert.verdict == "firing" {
                """
                <h2>Acknowledge</h2>
                <form class="fields" method="post" action="\(path)/acknowledge"><label>your name<br><input name="by" maxlength="100"></label>\
                <button>Acknowledge</button></form>
                """
            } else {
                .empty
            }
        let silenced = silences.map { silence -> Markup in
            """
            <form class="fields" method="post" action="\(path)/silences/\(PageText.encoded(silence.id))/end">\
            <p>Silenced from \(PageText.time(silence.startsAt)) to \(PageText.time(silence.endsAt)) by \
            \(silence.createdBy.isEmpty ? "somebody" : silence.createdBy): \(silence.comment)</p><button>End the silence</button></form>
            """
        }
        return """
            \(seen)
            <h2>Silence</h2>
            \(Markup(silenced))
            <form class="fields" method="post" action="\(path)/silence">
            <label>for<br><select name="for"><option>1h</option><option selected>4h</option><option>1d</option><option>7d</option></select></label>
            <label>your name<br><input name="by" maxlength="100"></label>
            <label>why<br><input name="comment" maxlength="500" required></label>
            <button>Silence</button></form>
            """
    }

    private static func told(_ audiences: [AlertAudience]) -> Markup {
        let rows = audiences.map { audience -> Markup in
            """
            <tr><td>\(audience.destination.name)/\(audience.destination.channel)</td><td data-name="state">\(Markup.mark(audience.state))</td>\
            <td data-name="told at">\(PageText.time(audience.deliveries.isEmpty ? nil : audience.group?.told?.at))</td>\
            <td class="wide" data-name="next:">\(audience.next)</td></tr>
            """
        }
        return """
            <div class="scroll"><table class="stack"><thead><tr><th>receiver</th><th>state</th><th>told at</th><th>next</th></tr></thead>\
            <tbody>\(Markup(rows))</tbody></table></div>
            """
    }

    private static func entries(_ history: [AlertEvent]) -> Markup {
        let rows = history.map { event -> Markup in
            """
            <tr><td>\(PageText.time(event.slot))</td><td>\(Markup.mark(event.to))</td><td data-name="health">\(Markup.mark(event.health))</td>\
            <td class="number" data-name="value">\(PageText.number(event.value))</td><td class="wide">\(event.reason)</td></tr>
            """
        }
        return """
            <div class="scroll"><table class="stack"><thead><tr><th>at</th><th>to</th><th>health</th><th class="number">value</th><th>why</th></tr></thead>\
            <tbody>\(Markup(rows))</tbody></table></div>
            """
    }
}
