import Hummingbird
import JSON
import Monitoring
import Query
import Statistics

/// Which series there are.
///
/// Every series that a model can have is told, whatever the range of time: dashboards ask for the last hours, and event time
/// may lie years back.
extension PrometheusRoutes {
    /// The most series in one answer.
    private static let mostSeries = 100_000

    func series(_ form: Form) async throws -> Response {
        let selectors = try Self.selectors(form)
        let most = min(try form.limit() ?? Self.mostSeries, Self.mostSeries)
        guard !selectors.isEmpty else { throw PrometheusAnswer.Failure.badData("no match[] parameter provided") }
        var found: Set<Labels> = []
        var isCut = false
        for selection in await selections(selectors) {
            guard selection.count <= Self.mostSeries, found.count <= Self.mostSeries else {
                isCut = true
                continue
            }
            for group in selection.groups { found.formUnion(group.series.map(\.labels)) }
        }
        let list = found.sorted().prefix(most)
        let warnings = isCut || list.count < found.count ? ["there are more series than are told; narrow match[]"] : []
        return PrometheusAnswer.data(warnings: warnings) { writer in
            writer.array { array in
                for labels in list { array.object { $0.members(labels.pairs) } }
            }
        }
    }

    func labels(_ form: Form) async throws -> Response {
        let most = try form.limit() ?? .max
        let selections = await selections(try Self.selectors(form))
        let names = SeriesReader.labelNames.filter { name in selections.contains { !$0.values(of: name).isEmpty } }
        return PrometheusAnswer.list(names, most: most)
    }

    func values(of label: String, _ form: Form) async throws -> Response {
        guard Label.isName(label) else {
            throw PrometheusAnswer.Failure.badData("invalid label name; give one such as feature")
        }
        let most = try form.limit() ?? .max
        var values: Set<ByteText> = []
        for selection in await selections(try Self.selectors(form)) {
            values.formUnion(selection.values(of: label).map { ByteText($0) })
        }
        return PrometheusAnswer.list(values.map(\.string), most: most)
    }

    /// What the selectors choose in every model; without selectors everything.
    private func selections(_ selectors: [VectorSelector]) async -> [SeriesReader.Selection] {
        let conditions = selectors.isEmpty ? [[]] : selectors.map(\.matchers)
        var selections: [SeriesReader.Selection] = []
        for (subject, _) in await subjects() where subject.firstEvent != nil {
            selections += conditions.map { SeriesReader.Selection($0, of: subject) }
        }
        return selections
    }

    private static func selectors(_ form: Form) throws(PrometheusAnswer.Failure) -> [VectorSelector] {
        _ = try form.time("start")
        _ = try form.time("end")
        var selectors: [VectorSelector] = []
        for text in form.all("match[]") {
            let expression = try expression(text, "match[]")
            guard case .selector(let index) = expression.root.kind else {
                throw .badData("invalid parameter \"match[]\": give a selector, as in driftline_psi{model=\"churn\"}")
            }
            selectors.append(expression.selectors[index])
        }
        return selectors
    }
}
