import Hummingbird
import JSON
import Monitoring
import Statistics

/// Which window of which model is asked about, as several routes read it from their parameters.
struct WindowQuestion {
    let model: Model
    let form: PrometheusRoutes.Form
    let window: Window
    let view: WindowRoutes.View

    /// The parameters that it reads, besides `segment` and `version`.
    static let parameters: Set<String> = ["length", "end", "reference", "known_at"]

    init(_ request: Request, _ context: APIContext, in models: ModelCatalog) async throws {
        model = try await context.model(in: models)
        form = PrometheusRoutes.Form(query: request.uri.query ?? "")
        let length = try WindowRoutes.length(form, of: model)
        window = Window(end: try await WindowRoutes.end(form, length, of: model), length: length)
        view = try await WindowRoutes.View(form, of: model)
        guard window.start >= .earliest else {
            throw Problem.invalid([("?length", "a window begins after the year 0")])
        }
    }

    /// The window of a slice; never nil where it is of the pooled rows.
    func summary(
        of slice: Slice, columns: ColumnSelection = .all, endingAt end: Time? = nil
    ) async throws -> WindowSummary {
        var found: WindowSummary?
        try await model.windows.slide(
            length: window.length, ends: [end ?? window.end], slice: slice, reference: view.reference,
            knownAtEnd: view.isKnownAtEnd, columns: columns
        ) { found = $1 }
        guard let found else {
            throw await WindowRoutes.notKept(Window(end: end ?? window.end, length: window.length), of: model)
        }
        return found
    }

    /// The window of each of some segments, read together.
    func summaries(
        of segments: [Segment], columns: ColumnSelection, endingAt end: Time? = nil
    ) async throws -> [WindowSummary] {
        var found: [WindowSummary] = []
        try await model.windows.slide(
            slices: segments.map { Slice(segment: $0.text) }, length: window.length, ends: [end ?? window.end],
            reference: view.reference, knownAtEnd: view.isKnownAtEnd, columns: columns
        ) { found.append($2) }
        guard found.count == segments.count else {
            throw await WindowRoutes.notKept(Window(end: end ?? window.end, length: window.length), of: model)
        }
        return found
    }

    /// The declared combination that a parameter names, such as `country` or `country,device`; nil without the parameter.
    func combination(_ parameter: String = "by") throws(Problem) -> [ByteText]? {
        guard let text = form[parameter] else { return nil }
        let wanted = ByteText(text)
        if let found = model.schema.segments.first(where: { ByteText(Self.text(of: $0)) == wanted }) { return found }
        let kept = model.schema.segments.map { Self.text(of: $0) }
        let list = kept.isEmpty ? "the model keeps none" : "the model keeps \(kept.joined(separator: " and "))"
        throw .invalid([("?\(parameter)", "there are no such segments; \(list)")])
    }

    /// A combination as a parameter names it, escaped as segments are.
    static func text(of combination: [ByteText]) -> String {
        combination.map { Segment(parts: [.init(feature: $0, value: "")]).text.string.dropLast() }
            .joined(separator: ",")
    }

    /// A whole number within a range.
    func number(_ parameter: String, in range: ClosedRange<Int>, default standard: Int) throws(Problem) -> Int {
        guard let text = form[parameter] else { return standard }
        guard let number = Int(text), range.contains(number) else {
            throw .invalid([("?\(parameter)", "give a whole number from \(range.lowerBound) to \(range.upperBound)")])
        }
        return number
    }

    /// Writes which window the answer is about.
    func write(to object: inout JSONWriter) {
        object.member("model", model.name)
        object.object("window") { part in
            part.member("start", window.start.rfc3339)
            part.member("end", window.end.rfc3339)
            part.member("length", window.length.text)
        }
    }
}

extension LiveWindows {
    /// The segments of a combination that have slices of their own, in the order of their bytes; of all combinations for nil.
    func segments(of combination: [ByteText]?) -> [Segment] {
        slices.segments.sorted().compactMap { text in
            guard let segment = Segment(text: text.string) else { return nil }
            let features = segment.parts.map(\.feature)
            return combination.map { $0 == features } ?? schema.segments.contains(features) ? segment : nil
        }
    }

    /// Whether further segments share the slice `other`.
    var hasOtherSegments: Bool { slices.segments.count >= SliceNames.most }
}

extension JSONWriter {
    /// Writes a reference as readings name it, or `null`.
    mutating func member(_ name: String, _ reference: ReferenceSide?) {
        guard let reference else { return null(name, .noReference) }
        object(name) { part in
            part.member("name", reference.name.string)
            part.member("version", reference.version)
            part.member("count", reference.count)
        }
    }

    /// Writes the values of a segment by feature.
    mutating func member(_ name: String, _ segment: Segment) {
        object(name) { part in
            for side in segment.parts { part.member(side.feature.string, side.value.string) }
        }
    }
}
