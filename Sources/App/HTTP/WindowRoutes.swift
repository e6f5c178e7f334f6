import Hummingbird
import JSON
import Monitoring
import Statistics

/// Everything about one window.
struct WindowRoutes {
    let models: ModelCatalog

    /// The most panes that a window is made of on demand.
    static let mostPanes: Int64 = 1_000_000

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/windows") { request, context in try await show(request, context) }
    }

    private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(except: [
            "length", "end", "reference", "segment", "version", "known_at", "methods",
        ])
        let model = try await context.model(in: models)
        let form = PrometheusRoutes.Form(query: request.uri.query ?? "")
        let length = try Self.length(form, of: model)
        let end = try await Self.end(form, length, of: model)
        let view = try await View(form, of: model)
        let methods = try WindowDocument.Method.list(form["methods"] ?? "")
        let window = Window(end: end, length: length)
        guard window.start >= .earliest else {
            throw Problem.invalid([("?length", "a window begins after the year 0")])
        }
        guard
            let reading = try await model.windows.reading(
                of: window, slice: view.slice, reference: view.reference, knownAtEnd: view.isKnownAtEnd)
        else {
            throw Problem.invalid([("?end", "windows of this length are not kept at this end; choose another one")])
        }
        let document = WindowDocument(model: model.name, reading: reading, methods: methods)
        return Answer.json { writer in writer.object { document.write(to: &$0) } }
    }

    /// The length that is asked for, which must be made of whole panes.
    static func length(_ form: PrometheusRoutes.Form, of model: Model) throws(Problem) -> PrometheusDuration {
        guard let text = form["length"], let length = PrometheusDuration(text), length > .zero else {
            throw .invalid([("?length", "give a duration, as in \(model.schema.windows.first?.length.text ?? "24h")")])
        }
        let width = model.schema.paneWidth
        let count = length.microseconds / width.microseconds
        guard model.schema.paneGrid.divides(length) else {
            let below = PrometheusDuration(microseconds: count * width.microseconds)
            let fitting = below > .zero ? "\(below) or \(below + width)" : "\(width)"
            throw .invalid([("?length", "give a multiple of \(width.text), such as \(fitting)")])
        }
        guard count <= mostPanes else {
            throw .invalid([
                ("?length", "give at most \(PrometheusDuration(microseconds: width.microseconds * mostPanes))")
            ])
        }
        return length
    }

    private static func end(
        _ form: PrometheusRoutes.Form, _ length: PrometheusDuration, of model: Model
    ) async throws -> Time {
        guard let end = try form.instant("end") else {
            guard let watermark = await model.windows.progress.watermark else {
                throw Problem(
                    .notFound, "No window is complete yet",
                    detail: "send predictions, or give the end of a window as ?end=")
            }
            return steps(length, of: model).lastEnd(notAfter: watermark)
        }
        let grid = model.schema.paneGrid
        let start = grid.start(of: end)
        guard start == end else {
            let near = "\(start.rfc3339) or \(grid.boundary(notBefore: end).rfc3339)"
            throw Problem.invalid([("?end", "give a multiple of \(grid.width.text) since 1970, such as \(near)")])
        }
        return end
    }

    /// The windows of a length: as the model declares them, else one for each pane.
    static func steps(_ length: PrometheusDuration, of model: Model) -> WindowSpec {
        model.schema.windows.first { $0.length == length } ?? WindowSpec(length: length, step: model.schema.paneWidth)
    }

    /// From which side a window is looked at.
    struct View {
        let slice: Slice
        let reference: String
        let isKnownAtEnd: Bool

        init(_ form: PrometheusRoutes.Form, of model: Model) async throws {
            slice = try Self.slice(segment: form["segment"], version: form["version"], model.schema)
            reference = form["reference"] ?? "training"
            guard await model.windows.hasReference(reference) else {
                let names = await model.windows.progress.references
                let list = names.isEmpty ? "the model has none" : "the model has \(names.joined(separator: ", "))"
                throw Problem.invalid([("?reference", "there is no such reference; \(list)")])
            }
            switch form["known_at"] {
            case nil: isKnownAtEnd = false
            case "end": isKnownAtEnd = true
            default: throw Problem.invalid([("?known_at", "give end, or leave it out")])
            }
        }

        private static func slice(segment: String?, version: String?, _ schema: ModelSchema) throws(Problem) -> Slice {
            guard let segment else { return version.map { Slice(version: ByteText($0)) } ?? .pooled }
            guard version == nil else { throw .invalid([("?version", "give a segment or a version, not both")]) }
            let text = ByteText(segment)
            if text == Segment.other || text == Segment.otherVersions { return Slice(segment: text) }
            guard let parsed = Segment(text: segment), schema.segments.contains(parsed.parts.map(\.feature)) else {
                let kept = schema.segments.map { $0.map { "\($0)=..." }.joined(separator: ",") }
                let list = kept.isEmpty ? "the model keeps none" : "the model keeps \(kept.joined(separator: " and "))"
                throw .invalid([("?segment", "there is no such segment; \(list)")])
            }
            return Slice(segment: parsed.text)
        }
    }
}
