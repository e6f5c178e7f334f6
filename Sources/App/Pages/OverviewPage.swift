import Alerting
import Monitoring
import Statistics
import Store

/// All models with their newest windows, the features that drifted in them, and the alerts that fire.
enum OverviewPage {
    /// How many models a page shows: as many as are read within a moment.
    private static let most = 100
    /// How many features of a model are named.
    private static let mostFeatures = 6

    static func page(_ models: ModelCatalog, _ store: Store, after: String?) async throws -> Page {
        let all = await models.all.drop { model in after.map { ByteText(model.name) <= ByteText($0) } ?? false }
        let firing = try await store.alertRecords(verdict: "firing")
        let counts = Dictionary(grouping: firing, by: \.modelName).mapValues(\.count)
        guard !all.isEmpty else { return Page(title: "Models", content: empty) }
        var rows: [Markup] = []
        for model in all.prefix(most) { rows.append(try await row(model, firing: counts[model.name] ?? 0)) }
        let others = firing.count { $0.modelName.isEmpty }
        return Page(
            title: "Models",
            content: """
                <div class="scroll"><table class="stack"><thead><tr><th>model</th><th>alerts</th><th>drifted</th><th>newest window</th>\
                <th class="number">predictions</th><th class="number">labels</th></tr></thead>
                <tbody>\(Markup(rows))</tbody></table></div>
                \(others > 0 ? "<p><a href=\"/pages/alerts?state=firing\">\(others) firing</a> of no single model.</p>" : .empty)
                \(all.count > most ? next(all.dropFirst(most - 1).first?.name ?? "") : .empty)
                """)
    }

    private static let empty: Markup = """
        <p>There are no models yet. Make one with <code>PUT /v1/models/NAME</code>; <a href="/openapi.yaml">the contract</a> says how.</p>
        """

    private static func next(_ name: String) -> Markup {
        "<p><a href=\"/?after=\(PageText.encoded(name))\">Further models</a></p>"
    }

    private static func row(_ model: Model, firing: Int) async throws -> Markup {
        let path = "/pages/models/\(PageText.encoded(model.name))"
        let alerts: Markup =
            firing > 0
            ? "<a href=\"/pages/alerts?state=firing&amp;model=\(PageText.encoded(model.name))\"><span class=\"mark bad\">\(firing) firing</span></a>"
            : "<span class=\"soft\">none</span>"
        let name: Markup = "<th scope=\"row\"><a href=\"\(path)\">\(model.name)</a></th>"
        guard let spec = model.schema.windows.first, let watermark = await model.windows.progress.watermark,
            let reading = try await model.windows.reading(of: spec.window(endingAt: spec.lastEnd(notAfter: watermark)))
        else {
            return
                "<tr>\(name)<td data-name=\"alerts\">\(alerts)</td><td colspan=\"4\" class=\"soft\">no window is complete yet</td></tr>"
        }
        let summary = reading.summary
        return """
            <tr>\(name)<td data-name="alerts">\(alerts)</td><td data-name="drifted">\(drifted(summary, path))</td>\
            <td data-name="window">\(summary.window.length.text) to \(PageText.time(summary.window.end))</td>\
            <td class="number" data-name="predictions">\(summary.predictions)</td>\
            <td class="number" data-name="labels">\(summary.labels)</td></tr>
            """
    }

    private static func drifted(_ summary: WindowSummary, _ path: String) -> Markup {
        guard summary.reference != nil else { return "<span class=\"soft\">no reference</span>" }
        let columns = ColumnReport.all(of: summary)
        let names = columns.filter { $0.isDrifted == true }.map(\.name)
        guard !names.isEmpty else {
            let isJudged = columns.contains { $0.isDrifted != nil }
            return isJudged ? "<span class=\"soft\">none of \(columns.count)</span>" : .mark("insufficient")
        }
        let links = names.prefix(mostFeatures).map { name -> Markup in
            "<a href=\"\(path)?feature=\(PageText.encoded(name))\">\(name)</a>"
        }
        let more: Markup = names.count > mostFeatures ? " and \(names.count - mostFeatures) more" : .empty
        return "<span class=\"mark bad\">\(names.count) of \(columns.count)</span> \(Markup(links))\(more)"
    }
}
