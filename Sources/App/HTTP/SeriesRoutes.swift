import Hummingbird
import JSON
import Monitoring
import Statistics

/// One measure over many windows.
struct SeriesRoutes {
    let models: ModelCatalog

    /// The most window ends in one answer.
    private static let mostEnds = 100_000

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/series") { request, context in try await show(request, context) }
    }

    private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(except: [
            "measure", "feature", "length", "from", "to", "reference", "segment", "version", "known_at", "method",
        ])
        let model = try await context.model(in: models)
        let form = PrometheusRoutes.Form(query: request.uri.query ?? "")
        let question = try Question(form, of: model)
        let length = try WindowRoutes.length(form, of: model)
        let view = try await WindowRoutes.View(form, of: model)
        let ends = try await Self.ends(form, WindowRoutes.steps(length, of: model), of: model)
        let (values, counts) = try await Self.values(of: question, length, ends, view, model)
        return Answer.json { writer in
            writer.object { object in
                object.member("end", ends.map(\.rfc3339))
                object.member("value", values)
                object.member("count", counts)
            }
        }
    }

    /// What is asked of every window.
    struct Question {
        let name: SeriesName
        let column: ColumnName?
        let method: DriftMethod?
        /// The features whose groups are compared; nil for a measure that compares none.
        let combination: [ByteText]?

        var measure: Measure { name.measure }

        init(_ form: PrometheusRoutes.Form, of model: Model) throws(Problem) {
            guard let name = form["measure"] else {
                throw .invalid([("?measure", "name a measure, as in psi or accuracy")])
            }
            guard let known = SeriesName.valueOrTrial(name) else {
                let nearest = Measure.nearest(to: name).map { "the nearest is \($0.rawValue)" }
                throw .invalid([
                    (
                        "?measure",
                        "there is no such measure; \(nearest ?? "there are psi, ks, mean, accuracy and others")"
                    )
                ])
            }
            self.name = known
            let measure = known.measure
            combination = measure.fairness == nil ? nil : try Self.combination(form["feature"], measure, model.schema)
            column = try Self.column(form["feature"], measure, model.schema)
            method = try Self.method(form["method"], measure, column, model.schema)
        }

        private static func column(
            _ address: String?, _ measure: Measure, _ schema: ModelSchema
        ) throws(Problem) -> ColumnName? {
            guard measure.scope.isPerFeature else {
                guard address == nil || measure.scope == .fairness else {
                    throw .invalid([("?feature", "\(measure.rawValue) is of the whole model; leave the feature out")])
                }
                return nil
            }
            let layout = ColumnLayout(schema)
            let columns = (layout.numericNames + layout.categoricalNames).sorted()
            guard let address else { throw .invalid([("?feature", "\(measure.rawValue) is of one feature; name it")]) }
            let column = ColumnName(address: address)
            guard columns.contains(column) else {
                throw .invalid([("?feature", "the model has no such feature; \(nearest(to: address, among: columns))")])
            }
            return column
        }

        private static func combination(
            _ address: String?, _ measure: Measure, _ schema: ModelSchema
        ) throws(Problem) -> [ByteText] {
            let declared = schema.segments.map { ($0, WindowQuestion.text(of: $0)) }
            let list = declared.map(\.1).joined(separator: " and ")
            guard let address else {
                throw .invalid([
                    ("?feature", "\(measure.rawValue) compares the groups of a declared segment feature; name it")
                ])
            }
            guard let found = declared.first(where: { $0.1.utf8.elementsEqual(address.utf8) }) else {
                let kept = declared.isEmpty ? "the model keeps none" : "the model keeps \(list)"
                throw .invalid([("?feature", "there are no such segments; \(kept)")])
            }
            return found.0
        }

        private static func nearest(to address: String, among columns: [ColumnName]) -> String {
            let names = columns.map(\.address)
            guard !names.isEmpty else { return "it has none yet" }
            return NearestName.of(address, among: names).map { "the nearest is \($0)" }
                ?? "it has \(names.prefix(5).joined(separator: ", "))\(names.count > 5 ? " and others" : "")"
        }

        private static func method(
            _ text: String?, _ measure: Measure, _ column: ColumnName?, _ schema: ModelSchema
        ) throws(Problem) -> DriftMethod? {
            guard let text else { return nil }
            let kind = column.flatMap { ColumnLayout(schema).kind(of: $0) } ?? .numeric
            guard let method = DriftMethod(text, measure: measure, kind: kind, standard: schema.driftMethod) else {
                throw .invalid([("?method", WindowDocument.Method.unknown(text, measure, kind: kind))])
            }
            return method
        }
    }

    /// The ends that are asked for: from the first that can hold an event to the newest complete one unless told otherwise.
    private static func ends(_ form: PrometheusRoutes.Form, _ windows: WindowSpec, of model: Model) async throws
        -> [Time]
    {
        let (first, last) = (try form.instant("from"), try form.instant("to"))
        if let first, let last, first > last { throw Problem.invalid([("?from", "this is after ?to; exchange them")]) }
        let firstEvent = await model.windows.firstEvent
        let watermark = await model.windows.progress.watermark
        // An end belongs to the next window, so the first window that holds an event ends after it.
        guard let from = first ?? firstEvent.map({ Time(microseconds: $0.microseconds &+ 1) }),
            let to = last ?? watermark.map({ windows.lastEnd(notAfter: $0) })
        else { return [] }
        guard windows.endCount(from: from, to: to) <= mostEnds else {
            throw Problem.invalid([("?from", "this would be more than \(mostEnds) windows; narrow ?from and ?to")])
        }
        return windows.ends(from: from, to: to, limit: mostEnds)
    }

    private static func values(
        of question: Question, _ length: PrometheusDuration, _ ends: [Time], _ view: WindowRoutes.View, _ model: Model
    ) async throws -> (values: [Double?], counts: [Int]) {
        var values = [Double?](repeating: question.measure.isCount ? 0 : nil, count: ends.count)
        var counts = [Int](repeating: 0, count: ends.count)
        if let combination = question.combination {
            guard view.slice == .pooled else {
                throw Problem.invalid([
                    ("?segment", "groups are compared over all rows; leave the segment and the version out")
                ])
            }
            let readings = try await model.windows.fairness(
                of: combination, length: length, ends: ends, knownAtEnd: view.isKnownAtEnd)
            let places = Dictionary(uniqueKeysWithValues: ends.enumerated().map { ($1, $0) })
            for (end, reading) in readings {
                guard let place = places[end] else { continue }
                values[place] = question.measure.value(of: reading)
                counts[place] = reading.count
            }
            return (values, counts)
        }
        var index = 0
        try await model.windows.slide(
            length: length, ends: ends, slice: view.slice, reference: view.reference, knownAtEnd: view.isKnownAtEnd,
            columns: ColumnSelection(
                measure: question.measure, column: question.column, knownAtEnd: view.isKnownAtEnd)
        ) { end, summary in
            while index < ends.count, ends[index] < end { index += 1 }
            guard index < ends.count, ends[index] == end else { return }
            values[index] =
                question.name.aspect == .value
                ? summary.value(of: question.measure, column: question.column, method: question.method)
                : summary.trial(question.name)
            counts[index] = count(question, summary)
        }
        return (values, counts)
    }

    /// How many rows a value speaks for.
    private static func count(_ question: Question, _ summary: WindowSummary) -> Int {
        if let column = question.column {
            return summary.kind(of: column) == .numeric
                ? summary.numeric(column).count : summary.categorical(column).count
        }
        return question.measure.scope == .performance ? summary.labels : summary.predictions
    }
}
