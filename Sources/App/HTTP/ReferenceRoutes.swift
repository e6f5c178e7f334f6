import Gzip
import HTTPTypes
import Hummingbird
import JSON
import Monitoring
import NIOCore
import Statistics

/// References: frozen from rows or from a logged stretch, shown, removed.
struct ReferenceRoutes {
    let models: ModelCatalog
    let gate: LogGate
    let settings: Settings
    let now: @Sendable () -> Time

    /// The most bytes of a reference.
    private static let mostBytes = 1 << 30

    func add(to router: Router<APIContext>) {
        router.get("v1/models/:model/references") { _, context in try await list(context) }
        router.put("v1/models/:model/references/:name") { request, context in try await put(request, context) }
        router.get("v1/models/:model/references/:name") { request, context in try await show(request, context) }
        router.delete("v1/models/:model/references/:name") { _, context in try await delete(context) }
    }

    private func list(_ context: APIContext) async throws -> Response {
        let model = try await context.model(in: models)
        let versions = await model.windows.newestReferences
        let waiting = try await model.windows.rowsToGrid()
        return Answer.json { writer in
            writer.object { object in
                object.array("references") { array in
                    for version in versions {
                        array.object { ReferenceDocument.write(version, rowsToGrid: waiting, to: &$0) }
                    }
                }
            }
        }
    }

    private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let model = try await context.model(in: models)
        let name = try context.parameters.require("name")
        guard let version = await model.windows.newestReferences.first(where: { $0.name == name }) else {
            throw Problem.unknown("reference")
        }
        if (request.headers[.accept] ?? "").lowercased().contains(ProfileFormat.mediaType) {
            guard let summary = version.summary else {
                throw Problem(
                    .notAcceptable, "There is no profile of this reference",
                    detail: "it has other rows for every window; ask for a reference with rows of its own")
            }
            let document = ProfileDocument.document(of: summary, task: model.schema.task)
            return Answer.bytes(.ok, type: ProfileFormat.mediaType, document.bytes)
        }
        let waiting = try await model.windows.rowsToGrid()
        return Answer.json { writer in
            writer.object { ReferenceDocument.write(version, rowsToGrid: waiting, to: &$0) }
        }
    }

    private func delete(_ context: APIContext) async throws -> Response {
        let model = try await context.model(in: models)
        let name = try context.parameters.require("name")
        guard await model.windows.newestReferences.contains(where: { $0.name == name }) else {
            throw Problem.unknown("reference")
        }
        try await model.windows.deleteReference(name, at: now(), gate: gate)
        return Answer.empty
    }

    private func put(_ request: Request, _ context: APIContext) async throws -> Response {
        let name = try context.parameters.require("name")
        guard ModelSchema.isModelName(name) else {
            throw Problem.invalid([
                ("", "a reference's name begins with a letter or digit; then letters, digits, `.`, `_`, `-`")
            ])
        }
        try request.refuseParameters(except: ["effective_from", "weight", "features"])
        var model = try await context.model(in: models)
        let effectiveFrom = try request.parameter("effective_from").map { text in
            guard let time = Time(rfc3339: text) else {
                throw Problem.invalid([("?effective_from", "give a time, as in 2026-01-01T00:00:00Z")])
            }
            return time
        }
        let redeclared = try request.redeclaredFeatures(name)
        let (content, definition) = try await content(of: request, redeclared, &model)
        let (version, isFirst) = try await model.windows.putReference(
            name, content, definition: definition, effectiveFrom: effectiveFrom, at: now(), gate: gate)
        let waiting = try await model.windows.rowsToGrid()
        return Answer.json(isFirst ? .created : .ok) { writer in
            writer.object { ReferenceDocument.write(version, rowsToGrid: waiting, to: &$0) }
        }
    }

    /// What the body puts; rows may fix the features of the model, or come with other ones.
    private func content(
        of request: Request, _ redeclared: [FeatureDeclaration], _ model: inout Model
    ) async throws -> (ReferenceContent, ReferenceDefinition) {
        guard redeclared.isEmpty || model.schema.featuresFixed else {
            throw Problem.parameter("features", "the model has no features yet; declare them in its settings")
        }
        let schema = redeclared.isEmpty ? model.schema : try model.schema.redeclaring(redeclared)
        if request.mediaType.utf8.elementsEqual(ProfileFormat.mediaType.utf8) {
            let profile = try await profile(request, schema, &model)
            try await redeclare(redeclared, &model)
            return (profile, .profile)
        }
        if try request.wireEncoding == .json {
            guard redeclared.isEmpty else {
                throw Problem.parameter("features", "what was logged has no other types; send rows or a profile")
            }
            let definition = try await ReferenceBody.definition(try await request.document(limit: 1 << 16), model)
            guard case .stretch(let from, let to) = definition else { return (.rolling, definition) }
            let rows = try await model.windows.loggedRows(from: from, to: to)
            guard rows.count > 0 else { throw Problem.invalid([("", "nothing was logged in that stretch")]) }
            return (.rows(rows), definition)
        }
        let rows = try await read(request, schema)
        guard rows.count > 0 else { throw Problem.invalid(Self.mistakes(rows)) }
        try await redeclare(redeclared, &model)
        if !model.schema.featuresFixed {
            model = try await models.fix(model, features: Self.declarations(rows.schema), at: now(), gate: gate)
        }
        return (.rows(rows.columns), .rows)
    }

    /// Gives a model the features that its new reference has. Where the reference is then not put, the same request does both.
    private func redeclare(_ features: [FeatureDeclaration], _ model: inout Model) async throws {
        guard !features.isEmpty else { return }
        model = try await models.redeclare(model, features: features, at: now(), gate: gate)
    }

    /// Reads a profile; it fixes the features of a model that has none yet.
    private func profile(
        _ request: Request, _ schema: ModelSchema, _ model: inout Model
    ) async throws -> ReferenceContent {
        let document = try ProfileReader.document(try await request.decodedBody(limit: ProfileFormat.mostBytes))
        do {
            if !model.schema.featuresFixed {
                let declarations = try ProfileReader.declarations(document)
                // Everything is checked before anything is changed.
                _ = try ProfileReader(schema: try model.schema.fixing(features: declarations)).reference(document)
                model = try await models.fix(model, features: declarations, at: now(), gate: gate)
                return .profile(try ProfileReader(schema: model.schema).reference(document))
            }
            return .profile(try ProfileReader(schema: schema).reference(document))
        } catch let mistake as PartsError {
            throw Problem.invalid([(mistake.place, mistake.detail)])
        }
    }

    /// Reads rows while they come, compressed ones as well.
    private func read(_ request: Request, _ schema: ModelSchema) async throws -> ReferenceUpload {
        let encoding = try request.wireEncoding
        let weightColumn = try request.weightColumn(encoding)
        var payload = try Problem.unreadable { () throws(WireError) in
            try ReferencePayload(encoding: encoding, schema: schema, weightColumn: weightColumn)
        }
        try await request.forEachDecodedChunk(limit: Self.mostBytes) { bytes in
            try Problem.unreadable { () throws(WireError) in try payload.append(bytes) }
        }
        do throws(WireError) {
            return try payload.finish()
        } catch {
            return try Problem.unreadable { () throws(WireError) in throw error }
        }
    }

    private static func mistakes(_ rows: ReferenceUpload) -> [(pointer: String, detail: String)] {
        let rejected = rows.rejections.map { ("/\($0.index)\($0.pointer)", $0.detail) }
        return rejected.isEmpty ? [("", "a reference needs at least one row")] : rejected
    }

    private static func declarations(_ schema: ModelSchema) -> [FeatureDeclaration] {
        schema.features.map {
            FeatureDeclaration(name: $0.name, kind: $0.kind, min: $0.min, max: $0.max, dimension: $0.dimension)
        }
    }
}

extension Request {
    /// The features that `?features=` declares anew together with a reference; empty where it does not.
    fileprivate func redeclaredFeatures(_ name: String) throws -> [FeatureDeclaration] {
        guard let text = parameter("features") else { return [] }
        guard name.utf8.elementsEqual(LiveWindows.training.utf8) else {
            throw Problem.parameter("features", "types change with the reference \(LiveWindows.training) only")
        }
        let document: JSONNode
        do throws(JSONError) {
            document = try JSONNode(parsing: Array(text.utf8))
        } catch {
            throw Problem.parameter(
                "features", "give an object as in a model's settings, such as {\"age\": {\"type\": \"categorical\"}}")
        }
        return try ModelDocument.features(of: document)
    }
}

extension ReferenceUpload {
    /// The rows as columns by name.
    var columns: ReferenceRows {
        var columns = ReferenceRows()
        columns.count = count
        for feature in schema.numericFeatures where numeric.indices.contains(feature.position) {
            columns.numeric[feature.name] = numeric[feature.position]
        }
        for feature in schema.categoricalFeatures where categorical.indices.contains(feature.position) {
            columns.categorical[feature.name] = categorical[feature.position]
        }
        for feature in schema.textFeatures where categorical.indices.contains(feature.position) {
            columns.texts[feature.name] = categorical[feature.position]
        }
        for feature in schema.embeddingFeatures where embeddings.indices.contains(feature.position) {
            columns.embeddings[feature.name] = embeddings[feature.position]
        }
        for feature in schema.features {
            let place = schema.typeErrorPlace(of: feature)
            if typeErrors.indices.contains(place) { columns.typeErrors[feature.name] = typeErrors[place] }
        }
        columns.scores = scores
        columns.classPredictions = classPredictions
        columns.numberPredictions = numberPredictions
        columns.actualClasses = classActuals
        columns.actualNumbers = numberActuals
        columns.weights = weights
        columns.rankings = rankings
        return columns
    }
}
