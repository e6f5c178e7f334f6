import Hummingbird
import JSON
import Monitoring

/// Models: made, changed, shown, removed.
struct ModelRoutes {
    let models: ModelCatalog
    let gate: LogGate
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.get("v1/models") { request, _ in
            try request.refuseParameters(except: [])
            return try await list()
        }
        router.put("v1/models/:model") { request, context in try await put(request, context) }
        router.get("v1/models/:model") { _, context in try await show(context.model(in: models)) }
        router.delete("v1/models/:model") { _, context in try await delete(context) }
        router.post("v1/models/:model/watermark") { request, context in try await state(request, context) }
    }

    private func list() async throws -> Response {
        var documents: [JSONNode] = []
        for model in await models.all { documents.append(try JSONNode(parsing: await document(of: model))) }
        return Answer.node(.ok, ["models": .array(documents)])
    }

    private func put(_ request: Request, _ context: APIContext) async throws -> Response {
        let name = try context.parameters.require("model")
        guard ModelSchema.isModelName(name) else {
            throw Problem.invalid([
                ("", "a model's name begins with a letter or digit; then letters, digits, `.`, `_`, `-`")
            ])
        }
        let change = try ModelDocument.read(try await request.document(limit: 4 << 20))
        let (model, isNew) = try await models.put(name, change, at: now(), gate: gate)
        return Answer.bytes(isNew ? .created : .ok, type: "application/json", await document(of: model))
    }

    private func show(_ model: Model) async throws -> Response {
        Answer.bytes(type: "application/json", await document(of: model))
    }

    private func delete(_ context: APIContext) async throws -> Response {
        guard try await models.delete(try context.parameters.require("model"), gate: gate) else {
            throw Problem.unknown("model")
        }
        return Answer.empty
    }

    private func state(_ request: Request, _ context: APIContext) async throws -> Response {
        let model = try await context.model(in: models)
        let document = try await request.document(limit: 1 << 16)
        guard let text = document["to"]?.string, let time = Time(rfc3339: text) else {
            throw Problem.invalid([("/to", "give a time, as in 2026-01-01T00:00:00Z")])
        }
        let watermark = try await model.windows.state(time)
        return Answer.node(.ok, ["watermark": .string(watermark.rfc3339)])
    }

    private func document(of model: Model) async -> [UInt8] {
        let progress = await model.windows.progress
        var writer = JSONWriter()
        writer.object { object in
            object.member("name", model.name)
            model.schema.write(to: &object)
            object.member("watermark", progress.watermark?.rfc3339)
            object.member("evaluated_to", progress.evaluatedTo?.rfc3339)
            object.member("live", progress.isLive)
            object.member("references", progress.references)
            if let folding = progress.folding {
                object.object("folding") { part in
                    part.member("rows", folding.rows)
                    part.member("of", folding.of)
                }
            } else {
                object.member("folding", JSONNode.null)
            }
            object.member("created_at", model.createdAt.rfc3339)
            object.member("updated_at", model.updatedAt.rfc3339)
        }
        return writer.bytes
    }
}

extension APIContext {
    /// The model that the path names.
    func model(in catalog: ModelCatalog) async throws -> Model {
        guard let model = try await catalog.model(named: try parameters.require("model")) else {
            throw Problem.unknown("model")
        }
        return model
    }
}
