import Hummingbird
import JSON
import Monitoring
import Statistics

/// The segments of a model in one window, and which of them stand out.
struct SegmentRoutes {
    let models: ModelCatalog

    /// The most segments in one answer.
    private static let most = 1000

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/segments") { request, context in try await list(request, context) }
    }

    private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(
            except: WindowQuestion.parameters.union(["measure", "feature", "method", "by", "sort", "limit", "offset"]))
        let question = try await WindowQuestion(request, context, in: models)
        let asked = question.form["measure"] == nil ? nil : try SeriesRoutes.Question(question.form, of: question.model)
        if asked == nil, question.form["feature"] != nil {
            throw Problem.invalid([("?measure", "name a measure of the feature, as in psi")])
        }
        let limit = try question.number("limit", in: 1...Self.most, default: 100)
        let offset = try question.number("offset", in: 0...1_000_000, default: 0)
        let order = try Self.order(question.form["sort"])
        let table = try await SegmentTable(question, asked, by: try question.combination())
        let page = table.sorted(by: order).dropFirst(offset).prefix(limit)
        let next = offset + page.count < table.entries.count ? offset + page.count : nil
        return Answer.json { writer in
            writer.object { object in
                question.write(to: &object)
                object.member("measure", asked?.measure.rawValue, or: .notAsked)
                object.member("feature", asked?.column?.address, or: .notAsked)
                object.member("count", table.entries.count)
                object.member("next", next)
                object.array("segments") { array in
                    for entry in page { array.object { entry.write(to: &$0) } }
                }
                if let other = table.other {
                    object.object("other") { other.write(to: &$0) }
                } else {
                    object.null("other", .noSuchRows)
                }
                table.search.write(to: &object)
            }
        }
    }

    private static func order(_ text: String?) throws(Problem) -> SegmentTable.Order {
        guard let text else { return .size }
        guard let order = SegmentTable.Order(rawValue: text) else {
            throw .invalid([("?sort", "give size, value or performance")])
        }
        return order
    }
}
