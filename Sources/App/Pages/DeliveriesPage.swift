import Alerting
import Hummingbird
import Store

/// The outbox: every delivery with all attempts, and a button that sends it again.
enum DeliveriesPage {
    static let states = ["dead", "ready", "delivered"]
    /// How many deliveries a page shows.
    private static let most: Int32 = 200

    static func page(_ store: Store, _ request: Request) async throws -> Page {
        try request.refuseParameters(except: ["state"])
        let state = request.parameter("state")
        if let state, !states.contains(state) {
            throw Problem.invalid([("?state", "give ready, delivered or dead")])
        }
        let deliveries = try await store.deliveries(state: state, most: most)
        let rows = deliveries.map { row($0.record, $0.attempts, filter: state) }
        let choices = [("all", "/pages/deliveries")] + states.map { ($0, "/pages/deliveries?state=\($0)") }
        let current = state.flatMap { states.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let rest: Markup =
            deliveries.count < Int(most)
            ? .empty : "<p class=\"soft\">The newest \(Int(most)); more are in <code>/v1/deliveries</code>.</p>"
        return Page(
            title: "Deliveries",
            content: """
                \(Markup.choices(choices, current: current))
                \(Markup(try await paused(store)))
                \(rows.isEmpty ? "<p class=\"soft\">There are none.</p>" : table(rows))
                \(rest)
                """)
    }

    /// Receivers that nothing is sent to for now, since they fail.
    private static func paused(_ store: Store) async throws -> [Markup] {
        let health = try await store.receiverHealth().sorted {
            ($0.key.name, $0.key.channel) < ($1.key.name, $1.key.channel)
        }
        return health.compactMap { destination, health in
            guard let since = health.pausedAt else { return nil }
            return """
                <p><span class="mark bad">paused</span> \(destination.name)/\(destination.channel) since \(PageText.time(since)): \
                \(health.lastError ?? "it fails"). Tried at \(PageText.time(health.probeAt)), and when a delivery to it is sent again.</p>
                """
        }
    }

    private static func table(_ rows: [Markup]) -> Markup {
        """
        <div class="scroll"><table class="stack"><thead><tr><th>made at</th><th>to</th><th>state</th><th>attempts</th><th>about</th><th></th></tr></thead>\
        <tbody>\(Markup(rows))</tbody></table></div>
        """
    }

    private static func row(_ record: DeliveryRecord, _ attempts: [DeliveryAttempt], filter: String?) -> Markup {
        let delivery = record.delivery
        let next: Markup =
            record.state == "ready" ? "<div class=\"soft\">next at \(PageText.time(record.nextAt))</div>" : .empty
        // A request for retraining carries the token of its call-back, which nobody else may see.
        let body: Markup =
            delivery.kind == .notification
            ? "<details><summary>Message</summary><pre>\(String(decoding: delivery.payload.prefix(20_000), as: UTF8.self))</pre></details>"
            : .empty
        let again: Markup =
            record.state == "ready"
            ? .empty
            : """
            <form method="post" action="/pages/deliveries/\(PageText.encoded(delivery.id))/redeliver">\
            <input type="hidden" name="state" value="\(filter ?? "")">\
            <button aria-label="Send \(delivery.id) again">Send again</button></form>
            """
        return """
            <tr><td data-name="made at">\(PageText.time(delivery.createdAt))<div class="soft">event time \(PageText.time(delivery.eventTime))</div></td>\
            <td data-name="to">\(delivery.destination.name)<div class="soft">\(delivery.destination.channel)</div></td>\
            <td data-name="state">\(Markup.mark(record.state))\(next)</td><td class="wide" data-name="attempts">\(list(attempts))</td>\
            <td class="wide">\(delivery.kind == .notification ? "" : "retraining ")\(delivery.stream)\
            <div class="soft">\(delivery.id)\(delivery.replayed ? ", replayed" : "")</div>\(body)</td><td>\(again)</td></tr>
            """
    }

    private static func list(_ attempts: [DeliveryAttempt]) -> Markup {
        guard !attempts.isEmpty else { return "<span class=\"soft\">none yet</span>" }
        let items = attempts.map { attempt -> Markup in
            let status = attempt.status.map { "status \($0)" }
            let texts = [status, attempt.error.flatMap { $0 == status ? nil : $0 }].compactMap(\.self)
            let excerpt: Markup = attempt.excerpt.map { "<pre>\($0)</pre>" } ?? .empty
            return "<li>\(PageText.time(attempt.at)) \(texts.joined(separator: ", "))\(excerpt)</li>"
        }
        return "<ul>\(Markup(items))</ul>"
    }
}
