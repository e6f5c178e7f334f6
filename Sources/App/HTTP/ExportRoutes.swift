import HTTPTypes
import Hummingbird
import JSON
import Monitoring
import NIOCore
import Statistics
import Store

/// Logged rows for a retraining job: any number of them, in constant memory.
struct ExportRoutes {
    let models: ModelCatalog
    let store: Store

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/predictions") { request, context in try await export(request, context) }
    }

    private func export(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(except: ["from", "to", "labelled", "weight"])
        let model = try await context.model(in: models)
        let from = try time("from", in: request) ?? .earliest
        let to = try time("to", in: request) ?? .latest
        guard from < to else { throw Problem.invalid([("?to", "the end comes after the start")]) }
        let labelledOnly = request.parameter("labelled") == "true"
        let isCSV = (request.headers[.accept] ?? "").lowercased().contains("text/csv")
        let table = ExportTable(
            schema: model.schema, isCSV: isCSV, weightColumn: try request.weightColumn(isCSV ? .csv : .ndjson))
        let store = store
        let body = ResponseBody { writer in
            if isCSV { try await writer.write(ByteBuffer(bytes: table.header)) }
            var pages = ExportPages(store: store, model: model, from: from, to: to)
            while let page = try await pages.next() {
                var bytes: [UInt8] = []
                for row in 0..<page.batch.count where page.labels[row] != nil || !labelledOnly {
                    table.append(page.batch, row, label: page.labels[row], to: &bytes)
                }
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok, headers: [.contentType: isCSV ? "text/csv; charset=utf-8" : "application/x-ndjson"], body: body
        )
    }

    private func time(_ name: String, in request: Request) throws -> Time? {
        guard let text = request.parameter(name) else { return nil }
        guard let time = Time(rfc3339: text) else {
            throw Problem.invalid([("?\(name)", "give a time, as in 2026-01-01T00:00:00Z")])
        }
        return time
    }
}
