package import Logging
package import Monitoring
import Postgres
import Statistics
package import Store
import Synchronization

/// The models by name, each with the owner of its windows.
///
/// Changes go to the database first. A change of a schema that folds differently makes a new generation of panes.
package actor ModelCatalog {
    private let store: Store
    private let logger: Logger
    private var models: [ByteText: Model] = [:]
    /// Windows by the model's number, for the committer, which must not wait for a change of the catalog.
    private nonisolated let windows = Mutex<[Int32: LiveWindows]>([:])

    package init(store: Store, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Reads all models with their references and generations; their panes are loaded when they are needed.
    package func load() async throws {
        for stored in try await store.models() {
            guard let schema = StoredDefinition.schema(of: stored.definition) else {
                logger.error(
                    "a model's definition cannot be read; the model is left out", metadata: ["model": "\(stored.name)"])
                continue
            }
            let windows = LiveWindows(model: stored, schema: schema, store: store, logger: logger)
            try await windows.load()
            keep(stored, schema, windows)
            await show(stored, schema)
        }
    }

    /// Brings the view of a model up to date. Nothing depends on it but people, so a failure is only told.
    private func show(_ stored: StoredModel, _ schema: ModelSchema) async {
        do throws(PostgresError) {
            try await store.putView(of: stored, schema: schema)
        } catch {
            logger.warning(
                "the view of a model is not up to date; it is tried again at its next change",
                metadata: ["model": "\(stored.name)", "error": "\(error)"])
        }
    }

    @discardableResult
    private func keep(_ stored: StoredModel, _ schema: ModelSchema, _ windows: LiveWindows) -> Model {
        let model = Model(
            id: stored.id, name: stored.name, schema: schema, createdAt: stored.createdAt, updatedAt: stored.updatedAt,
            windows: windows)
        models[ByteText(stored.name)] = model
        self.windows.withLock { $0[stored.id] = windows }
        return model
    }

    /// All models by name.
    package var all: [Model] {
        models.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The model of a name.
    package func model(named name: String) -> Model? {
        models[ByteText(name)]
    }

    /// The windows of a model by its number.
    package nonisolated func windows(of model: Int32) -> LiveWindows? {
        windows.withLock { $0[model] }
    }

    /// Makes a model, or changes the one of that name.
    /// - Returns: the model, and whether it is new.
    /// - Throws: `SchemaRefusal`.
    package func put(
        _ name: String, _ change: ModelSchemaChange, at now: Time, gate: LogGate
    ) async throws -> (model: Model, isNew: Bool) {
        guard let known = model(named: name) else {
            let schema = try ModelSchema.creating(from: change)
            let stored = try await store.putModel(
                name: name, definition: StoredDefinition.text(of: schema), at: now)
            let windows = LiveWindows(model: stored, schema: schema, store: store, logger: logger)
            try await windows.load()
            let model = keep(stored, schema, windows)
            await show(stored, schema)
            return (model, true)
        }
        return (try await replace(known, with: try known.schema.applying(change), at: now, gate: gate), false)
    }

    /// Fixes the features of a model that has none yet.
    package func fix(
        _ model: Model, features: [FeatureDeclaration], at now: Time, gate: LogGate
    ) async throws -> Model {
        let known = self.model(named: model.name) ?? model
        guard !known.schema.featuresFixed else { return known }
        return try await replace(known, with: try known.schema.fixing(features: features), at: now, gate: gate)
    }

    private func replace(
        _ known: Model, with schema: ModelSchema, at now: Time, gate: LogGate
    ) async throws -> Model {
        guard schema != known.schema else { return known }
        let stored = try await store.putModel(
            name: known.name, definition: StoredDefinition.text(of: schema), at: now)
        try await known.windows.adopt(schema, gate: gate)
        let model = keep(stored, schema, known.windows)
        await show(stored, schema)
        return model
    }

    /// Removes a model with everything that belongs to it; false when there is none of that name.
    package func delete(_ name: String, gate: LogGate) async throws -> Bool {
        guard let model = models.removeValue(forKey: ByteText(name)) else { return false }
        windows.withLock { $0[model.id] = nil }
        // Groups that were already waiting are committed first, so that nothing of the model comes after its end.
        try await gate.between { _ in }
        try await store.deleteModel(model.id, name: name)
        return true
    }
}

/// Checkpoints over all models.
extension ModelCatalog {
    /// What changed in all models since the last checkpoint.
    nonisolated func takeCheckpoint(position: Int64) async -> Checkpoint {
        var checkpoint = Checkpoint(position: position)
        for windows in windows.withLock({ Array($0.values) }) { await windows.addChanges(to: &checkpoint) }
        return checkpoint
    }

    /// A checkpoint is saved.
    nonisolated func confirm(_ checkpoint: Checkpoint) async {
        for (model, panes) in Dictionary(grouping: checkpoint.panes, by: \.model) {
            await windows(of: model)?.confirm(panes)
        }
    }

    /// A checkpoint could not be saved: what it holds is still to be saved.
    nonisolated func takeBack(_ checkpoint: Checkpoint) async {
        for (model, panes) in Dictionary(grouping: checkpoint.panes, by: \.model) {
            await windows(of: model)?.takeBack(panes, checkpoint)
        }
    }
}
