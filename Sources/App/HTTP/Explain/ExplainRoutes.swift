import Hummingbird
import JSON
import Monitoring
import Statistics

/// Why a window is unlike its reference, with the counts behind every number.
struct ExplainRoutes {
    let models: ModelCatalog

    /// How many features are taken apart by segment unless one is named.
    private static let mostSplit = 5

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/windows/explain") { request, context in try await show(request, context) }
    }

    private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(
            except: WindowQuestion.parameters.union([
                "segment", "version", "feature", "measure", "method", "by", "against",
            ]))
        let question = try await WindowQuestion(request, context, in: models)
        let (measure, method, only) = try Self.measure(question)
        let combinations = try question.combination().map { [$0] } ?? question.model.schema.segments
        let against = try Self.against(question)
        let summary = try await question.summary(of: question.view.slice)
        var drift = DriftSection(summary, measure: measure, method: method, only: only)
        // Segments are parts of all rows; a segment or a version is not taken apart again.
        let isPooled = question.view.slice == .pooled
        if isPooled { try await drift.split(question, by: combinations, most: only == nil ? Self.mostSplit : 1) }
        let loss = try await LossSection(question, summary, by: isPooled ? combinations : [], against: against)
        return Answer.json { writer in
            writer.object { object in
                question.write(to: &object)
                object.member("reference", summary.reference)
                object.member("measure", measure.rawValue)
                drift.write(to: &object)
                loss.write(to: &object)
            }
        }
    }

    private static func measure(
        _ question: WindowQuestion
    ) throws(Problem) -> (measure: Measure, method: DriftMethod?, only: ColumnName?) {
        let name = question.form["measure"] ?? Measure.psi.rawValue
        let explained = Measure.allCases.filter { $0.drift.map { !$0.isProbability } ?? false }
        guard let measure = Measure(rawValue: name), explained.contains(measure) else {
            throw .invalid([("?measure", "explained are \(explained.map(\.rawValue).joined(separator: ", "))")])
        }
        let layout = ColumnLayout(question.model.schema)
        var only: ColumnName?
        if let address = question.form["feature"] {
            let column = ColumnName(address: address)
            guard layout.kind(of: column) != nil else {
                throw .invalid([("?feature", "the model has no such feature; names are case sensitive")])
            }
            only = column
        }
        guard let text = question.form["method"] else { return (measure, nil, only) }
        let kind = only.flatMap { layout.kind(of: $0) } ?? .numeric
        guard
            let method = DriftMethod(text, measure: measure, kind: kind, standard: question.model.schema.driftMethod)
        else { throw .invalid([("?method", WindowDocument.Method.unknown(text, measure, kind: kind))]) }
        return (measure, method, only)
    }

    private static func against(_ question: WindowQuestion) throws(Problem) -> Time? {
        guard let end = try question.form.instant("against") else { return nil }
        let grid = question.model.schema.paneGrid
        guard grid.start(of: end) == end, end < question.window.end, end - question.window.length >= .earliest else {
            throw .invalid([("?against", "give the end of an earlier window, a multiple of \(grid.width.text)")])
        }
        return end
    }
}
