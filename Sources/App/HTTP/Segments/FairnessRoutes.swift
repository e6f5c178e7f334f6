import Hummingbird
import JSON
import Monitoring
import Statistics

/// Fairness over the groups that a declared segment feature makes.
struct FairnessRoutes {
    let models: ModelCatalog

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/fairness") { request, context in try await show(request, context) }
    }

    private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(
            except: ["length", "end", "known_at", "by", "reference_group", "class", "smallest"])
        let question = try await WindowQuestion(request, context, in: models)
        guard question.model.schema.task != .unlabelled else {
            throw Problem.invalid([
                ("", "the model has the task none; fairness needs predictions of a class or a number")
            ])
        }
        guard let combination = try question.combination() ?? question.model.schema.segments.onlyElement else {
            throw Problem.invalid([("?by", "name the feature, as in by=country; the model must declare it in segments")]
            )
        }
        let smallest = try question.number("smallest", in: 1...1_000_000, default: FairnessReading.smallest)
        let groups = try await FairnessGroups(question, combination)
        let base = try Self.referenceGroup(question.form["reference_group"], groups, combination)
        let report = FairnessDocument(
            question: question, groups: groups, smallest: smallest, reference: base,
            positive: try Self.positive(question.form["class"], question.model.schema))
        return Answer.json { writer in writer.object { report.write(to: &$0) } }
    }

    /// The class that counts as positive; nil for a regression.
    private static func positive(_ text: String?, _ schema: ModelSchema) throws(Problem) -> ByteText? {
        guard schema.task != .regression else { return nil }
        if let text {
            let name = ByteText(text)
            guard schema.classes.isEmpty || schema.classes.contains(name) else {
                throw .invalid([
                    ("?class", "the model has the classes \(schema.classes.map(\.string).joined(separator: ", "))")
                ])
            }
            return name
        }
        guard schema.task == .binary else {
            throw .invalid([("?class", "name the class that counts as positive")])
        }
        return schema.positiveClass
    }

    /// The group that others are compared with, by its value or by its segment.
    private static func referenceGroup(
        _ text: String?, _ groups: FairnessGroups, _ combination: [ByteText]
    ) throws(Problem) -> ByteText? {
        guard let text else { return nil }
        let wanted = ByteText(text)
        let found = groups.groups.first { group in
            group.segment.text == wanted || (combination.count == 1 && group.segment.parts.first?.value == wanted)
        }
        guard let found else {
            throw .invalid([("?reference_group", "no row of the window is in such a group; give one of its values")])
        }
        return found.segment.text
    }
}

extension Array {
    /// The element, if there is exactly one.
    fileprivate var onlyElement: Element? { count == 1 ? first : nil }
}
