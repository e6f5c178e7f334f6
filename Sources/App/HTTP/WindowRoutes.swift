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
            "length", "end", "reference", "references", "segment", "version", "known_at", "methods", "decay_against",
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
        let others = try await Self.references(form, of: model)
        guard
            let readings = try await model.windows.readings(
                of: window, slice: view.slice, references: [view.reference] + others, knownAtEnd: view.isKnownAtEnd,
                withHistory: true),
            let reading = readings.first
        else {
            throw await Self.notKept(window, of: model)
        }
        let question = request.uri.query ?? ""
        // An earlier window may change as well; nothing here tells.
        let stamp = form["decay_against"] == nil ? reading.stamp : nil
        if let stamp, let known = await model.windows.document(for: question, stamp) {
            return Answer.bytes(type: "application/json", known)
        }
        let document = await WindowDocument(
            model: model.name, reading: reading, methods: methods, others: readings.dropFirst().map(\.summary),
            earlier: try await earlier(form, window, view, of: model))
        let bytes = await document.written()
        if let stamp { await model.windows.keep(bytes, for: question, stamp) }
        return Answer.bytes(type: "application/json", bytes)
    }

    /// The window that decay is measured from; nil for the reference.
    private func earlier(
        _ form: PrometheusRoutes.Form, _ window: Window, _ view: View, of model: Model
    ) async throws -> WindowReading? {
        guard let end = try form.instant("decay_against") else { return nil }
        let earlier = Window(end: end, length: window.length)
        guard end <= window.start, earlier.start >= .earliest,
            let reading = try await model.windows.reading(
                of: earlier, slice: view.slice, reference: view.reference, knownAtEnd: view.isKnownAtEnd)
        else {
            let detail = "give the end of a window that does not overlap this one, such as \(window.start.rfc3339)"
            throw Problem.invalid([("?decay_against", detail)])
        }
        return reading
    }

    /// The most references in one answer.
    private static let mostReferences = 50

    /// The references of a joint reading: all, or those of a list with commas between.
    private static func references(_ form: PrometheusRoutes.Form, of model: Model) async throws -> [String] {
        guard let text = form["references"], !text.isEmpty else { return [] }
        let all = await model.windows.progress.references
        if text.utf8.elementsEqual("all".utf8) { return Array(all.prefix(mostReferences)) }
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard names.count <= mostReferences else {
            throw Problem.invalid([("?references", "name at most \(mostReferences) references")])
        }
        for name in names where !all.contains(where: { $0.utf8.elementsEqual(name.utf8) }) {
            let list = all.isEmpty ? "the model has none" : "the model has \(all.joined(separator: ", "))"
            throw Problem.invalid([("?references", "write all, or names with commas between; \(list)")])
        }
        return names
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

    /// Why a window cannot be read.
    static func notKept(_ window: Window, of model: Model) async -> Problem {
        guard await model.windows.isCut(window) else {
            return .invalid([("?end", "windows of this length are not kept at this end; choose another one")])
        }
        let rule = "of days older than retention.panes only whole ones are kept"
        return .invalid([("?end", "\(rule): give a window that begins and ends at midnight UTC, such as ?length=1d")])
    }

    static func end(
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
