import Hummingbird
import Monitoring
import Statistics
import Store

/// One window of a model: every feature with its measures, thresholds and verdicts, and its bins in reference and window.
///
/// Messages link to it. Its parameters are those of `GET /v1/models/{model}/windows`, and `feature`, which stands first.
enum WindowPage {
    /// How many columns a page shows.
    private static let most = 200

    static func page(
        _ request: Request, _ context: APIContext, _ models: ModelCatalog, _ store: Store
    ) async throws -> Page {
        try request.refuseParameters(except: [
            "length", "end", "reference", "segment", "version", "known_at", "feature",
        ])
        let model = try await context.model(in: models)
        let form = PrometheusRoutes.Form(query: request.uri.query ?? "")
        let length =
            try form["length"] == nil ? model.schema.windows.first?.length : WindowRoutes.length(form, of: model)
        guard let length else { throw Problem.invalid([("?length", "the model has no windows; give a length")]) }
        let watermark = await model.windows.progress.watermark
        guard form["end"] != nil || watermark != nil else {
            return Page(title: model.name, content: "<p>No window is complete yet: send predictions.</p>")
        }
        let window = Window(end: try await WindowRoutes.end(form, length, of: model), length: length)
        let view = try await WindowRoutes.View(form, of: model)
        guard window.start >= .earliest,
            let reading = try await model.windows.reading(
                of: window, slice: view.slice, reference: view.reference, knownAtEnd: view.isKnownAtEnd)
        else {
            throw Problem.invalid([("?end", "windows of this length are not kept at this end; choose another one")])
        }
        let summary = reading.summary
        let reports = Self.ordered(ColumnReport.all(of: summary), first: form["feature"])
        let firing = try await store.alertRecords(verdict: "firing", model: model.name).count
        let cards = reports.prefix(most).map { card($0, summary) }
        let rest: Markup =
            reports.count > most
            ? "<p>\(reports.count - most) columns more are in <code>/v1/models/\(model.name)/windows</code>.</p>"
            : .empty
        return Page(
            title: "\(model.name), \(length.text) to \(window.end.rfc3339)",
            content: """
                \(WindowChoices(model: model, window: window, form: form).markup)
                \(facts(reading, model, firing: firing))
                \(performance(summary))
                <h2>Features</h2>
                <p class="soft"><i class="reference"></i>reference <i class="window"></i>window, shares of the values by bin</p>
                <div class="cards">\(Markup(cards))</div>
                \(rest)
                """)
    }

    private static func ordered(_ reports: [ColumnReport], first name: String?) -> [ColumnReport] {
        guard let name else { return reports }
        let column = ColumnName(address: name)
        return reports.filter { $0.column == column } + reports.filter { $0.column != column }
    }

    private static func facts(_ reading: WindowReading, _ model: Model, firing: Int) -> Markup {
        let (summary, state) = (reading.summary, reading.state)
        let alerts = "/pages/alerts?model=\(PageText.encoded(model.name))"
        let reference: Markup =
            if let side = summary.reference {
                "\(side.name.string), version \(side.version), \(side.count) rows"
            } else {
                "<span class=\"warn\">\(summary.gap?.reason.sentence ?? "there is none: drift is not measured")</span>"
            }
        return """
            <dl>
            <div><dt>window</dt><dd>\(PageText.time(summary.window.start)) to \(PageText.time(summary.window.end))</dd></div>
            <div><dt>state</dt><dd>\(state.isFinal ? "final" : state.isComplete ? "complete" : "not complete yet"), revision \(Int(summary.revision))</dd></div>
            <div><dt>predictions</dt><dd>\(summary.predictions)</dd></div>
            <div><dt>labels</dt><dd>\(summary.labels)</dd></div>
            <div><dt>reference</dt><dd>\(reference)</dd></div>
            <div><dt>alerts of the model</dt><dd><a href="\(alerts)">\(firing) firing</a></dd></div>
            </dl>
            """
    }

    private static func performance(_ summary: WindowSummary) -> Markup {
        let measures = WindowDocument.measures(of: summary.schema.task)
        guard !measures.isEmpty, summary.labels > 0 else { return .empty }
        let estimates = summary.performance
        let rows = measures.compactMap { measure -> Markup? in
            guard let estimate = estimates.estimate(measure) else { return nil }
            let interval = estimate.interval.map { "\(PageText.number($0.low)) to \(PageText.number($0.high))" } ?? ""
            return """
                <tr><th scope="row">\(measure.rawValue)</th><td class="number">\(PageText.number(estimate.value))</td>\
                <td>\(interval)</td></tr>
                """
        }
        return """
            <details><summary>Performance</summary><div class="scroll"><table><thead><tr><th>measure</th>\
            <th class="number">value</th><th>interval</th></tr></thead><tbody>\(Markup(rows))</tbody></table></div></details>
            """
    }

    private static func card(_ report: ColumnReport, _ summary: WindowSummary) -> Markup {
        let verdict: Markup =
            switch report.isDrifted {
            case true?: .mark("drifted")
            case false?: .mark("ok")
            case nil: .mark("insufficient")
            }
        let isNumeric = summary.kind(of: report.column) == .numeric
        let missing = isNumeric ? summary.numeric(report.column).missing : summary.categorical(report.column).missing
        let count = isNumeric ? summary.numeric(report.column).count : summary.categorical(report.column).count
        let chart: Markup =
            BinTable(summary, report.column).map { BinChart($0, of: report.name).markup }
            ?? "<p class=\"soft\">no reference</p>"
        let measures = report.entries.filter { $0.value != nil }.map { entry -> Markup in
            """
            <tr><td>\(entry.measure.rawValue)</td><td class="number">\(PageText.number(entry.value))</td>\
            <td class="number">\(PageText.number(entry.verdict.threshold))</td>\
            <td>\(entry.verdict.isDrifted.map { $0 ? .mark("drifted") : .mark("ok") } ?? .mark("insufficient"))</td></tr>
            """
        }
        let table: Markup =
            measures.isEmpty
            ? .empty
            : """
            <details><summary>Measures</summary><div class="scroll"><table><thead><tr><th>measure</th><th class="number">value</th>\
            <th class="number">threshold</th><th>verdict</th></tr></thead><tbody>\(Markup(measures))</tbody></table></div></details>
            """
        return """
            <section class="\(report.isDrifted == true ? "card bad" : "card")">
            <h3>\(report.name) \(verdict)</h3>
            \(chart)
            <p class="soft">\(count) values, \(missing) missing\(headline(report))</p>
            \(table)
            </section>
            """
    }

    /// The first deciding measure, which a reader looks for.
    private static func headline(_ report: ColumnReport) -> String {
        guard let entry = report.entries.first(where: { $0.measure == .psi }), let value = entry.value else {
            return ""
        }
        let threshold = entry.verdict.threshold.map { ", threshold \(PageText.number($0))" } ?? ""
        return ", PSI \(PageText.number(value))\(threshold)"
    }
}
