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
    /// The writer slot whose panes are folded here.
    private let slot: Int32
    private let logger: Logger
    /// What all models hold in memory.
    package nonisolated let memory: WindowMemory
    private var models: [ByteText: Model] = [:] {
        didSet { sorted = nil }
    }
    /// ``all``, where it was asked for since anything changed.
    private var sorted: [Model]?
    /// Windows by the model's number, for the committer, which must not wait for a change of the catalog.
    private nonisolated let windows = Mutex<[Int32: LiveWindows]>([:])

    /// Without any model yet; `slot` is the writer slot of the process.
    package init(store: Store, slot: Int32, memory: WindowMemory = WindowMemory(), logger: Logger) {
        self.memory = memory
        self.store = store
        self.slot = slot
        self.logger = logger
    }

    /// Reads all models with their references and generations; their panes are loaded when they are needed.
    package func load() async throws {
        try await store.removeLeftGenerations()
        for stored in try await store.models() {
            if let model = try await add(stored) { await show(stored, model.schema) }
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

    /// Reads a model that is new here; nil where its definition cannot be read.
    @discardableResult
    private func add(_ stored: StoredModel) async throws -> Model? {
        guard let schema = StoredDefinition.schema(of: stored.definition) else {
            logger.error(
                "a model's definition cannot be read; the model is left out", metadata: ["model": "\(stored.name)"])
            return nil
        }
        let windows = LiveWindows(
            model: stored, schema: schema, slot: slot, store: store, memory: memory, logger: logger)
        try await windows.load()
        // Somebody else may have read it meanwhile: there is one owner of its panes.
        if let known = models[ByteText(stored.name)], known.id == stored.id { return known }
        // A generation that another process is making is joined at the next look, as after any change of the model.
        return keep(stored, schema, windows, revision: await windows.lacksGeneration ? -1 : stored.revision)
    }

    @discardableResult
    private func keep(
        _ stored: StoredModel, _ schema: ModelSchema, _ windows: LiveWindows, revision: Int64? = nil
    ) -> Model {
        let model = Model(
            id: stored.id, name: stored.name, schema: schema, features: FeatureIndex(schema),
            revision: revision ?? stored.revision,
            createdAt: stored.createdAt, updatedAt: stored.updatedAt, windows: windows)
        models[ByteText(stored.name)] = model
        self.windows.withLock { $0[stored.id] = windows }
        windows.signal.raise()
        return model
    }

    /// All models by name.
    package var all: [Model] {
        if let sorted { return sorted }
        let all = models.sorted { $0.key < $1.key }.map(\.value)
        sorted = all
        return all
    }

    /// The model of a name; one that another process made just now is read.
    package func model(named name: String) async throws -> Model? {
        if let known = models[ByteText(name)] { return known }
        guard ModelSchema.isModelName(name), let stored = try await store.model(named: name) else { return nil }
        return try await add(stored)
    }

    /// Takes over what another process made of a model; false where that is to be tried again.
    func refresh(_ id: Int32, gate: LogGate) async throws -> Bool {
        guard let stored = try await store.model(id) else { return true }
        guard let known = models[ByteText(stored.name)], known.id == id else {
            models = models.filter { $0.value.id != id }
            return try await add(stored) != nil
        }
        guard let schema = StoredDefinition.schema(of: stored.definition) else { return true }
        guard try await known.windows.refresh(stored, schema: schema, gate: gate) else { return false }
        keep(stored, schema, known.windows)
        return true
    }

    /// Forgets a model that another process removed.
    func forget(_ model: Model) async throws {
        guard try await store.model(model.id) == nil, models[ByteText(model.name)]?.id == model.id else { return }
        models[ByteText(model.name)] = nil
        windows.withLock { $0[model.id] = nil }
    }

    /// The windows of a model by its number.
    package nonisolated func windows(of model: Int32) -> LiveWindows? {
        windows.withLock { $0[model] }
    }

    /// The windows of all models.
    nonisolated var allWindows: [LiveWindows] { windows.withLock { Array($0.values) } }

    /// Makes a model, or changes the one of that name.
    /// - Returns: the model, and whether it is new.
    /// - Throws: `SchemaRefusal`.
    package func put(
        _ name: String, _ change: ModelSchemaChange, at now: Time, gate: LogGate
    ) async throws -> (model: Model, isNew: Bool) {
        guard let known = try await model(named: name) else {
            let schema = try ModelSchema.creating(from: change)
            let made = try await store.addModel(name: name, definition: StoredDefinition.text(of: schema), at: now)
            if let made, let model = try await add(made) {
                await show(made, schema)
                return (model, true)
            }
            throw IngestError.busy("another process makes a model of that name; try again")
        }
        return (try await replace(known, at: now, gate: gate) { try $0.applying(change) }, false)
    }

    /// Fixes the features of a model that has none yet.
    package func fix(
        _ model: Model, features: [FeatureDeclaration], at now: Time, gate: LogGate
    ) async throws -> Model {
        try await replace(model, at: now, gate: gate) { schema in
            schema.featuresFixed ? schema : try schema.fixing(features: features)
        }
    }

    /// Declares features anew, of other types where that is wanted; the caller puts a reference that has them.
    func redeclare(
        _ model: Model, features: [FeatureDeclaration], at now: Time, gate: LogGate
    ) async throws -> Model {
        try await replace(model, at: now, gate: gate) { try $0.redeclaring(features) }
    }

    /// Changes a model's schema, from the one that is in force in the database.
    private func replace(
        _ model: Model, at now: Time, gate: LogGate, _ change: (ModelSchema) throws -> ModelSchema
    ) async throws -> Model {
        for _ in 0..<Self.mostAttempts {
            let known = models[ByteText(model.name)] ?? model
            if try await store.model(known.id)?.revision != known.revision {
                guard try await refresh(known.id, gate: gate) else { break }
                continue
            }
            let schema = try change(known.schema)
            guard schema != known.schema else { return known }
            if schema.foldsRowsDifferently(from: known.schema) {
                try await known.windows.fold(as: schema, since: known.revision, at: now, gate: gate)
            } else {
                let text = StoredDefinition.text(of: schema)
                let store = store
                let isChanged = try await gate.saveAll {
                    let changed = try await store.changeModel(
                        known.id, definition: text, since: known.revision, at: now)
                    if changed != nil { await known.windows.adopt(schema) }
                    return changed != nil
                }
                guard isChanged else { continue }
            }
            guard let stored = try await store.model(known.id) else { return known }
            let model = keep(stored, schema, known.windows)
            await show(stored, schema)
            return model
        }
        throw IngestError.busy("another change of the model is on its way; try again when it has ended")
    }

    private static let mostAttempts = 5

    /// Removes a model with everything that belongs to it; false when there is none of that name.
    package func delete(_ name: String, gate: LogGate) async throws -> Bool {
        guard let model = try await model(named: name) else { return false }
        models[ByteText(name)] = nil
        windows.withLock { $0[model.id] = nil }
        // Groups that were already waiting are committed first, so that nothing of the model comes after its end.
        try await gate.between { _ in () }
        try await store.deleteModel(model.id, name: name)
        return true
    }
}

/// Checkpoints over all models.
extension ModelCatalog {
    /// What changed in all models since the last checkpoint.
    nonisolated func takeCheckpoint(_ slot: WriterSlot) async -> Checkpoint {
        var checkpoint = Checkpoint(position: slot.position, removals: slot.removals)
        for windows in allWindows { await windows.addChanges(to: &checkpoint) }
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
