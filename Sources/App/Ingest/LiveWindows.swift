package import Logging
package import Monitoring
import Postgres
import Statistics
package import Store
import Synchronization

/// The owner of one model's panes: folds what was committed, answers for windows, and hands out what is to be saved.
///
/// Panes are a cache: missing ones are loaded, changed ones are saved by the checkpointer. Only the committer folds live rows,
/// one group after another; readers come between.
package actor LiveWindows {
    /// How far a model has come, for people.
    package struct Progress: Sendable {
        package let watermark: Time?
        package let evaluatedTo: Time?
        package let isLive: Bool
        package let references: [String]
        /// Rows folded again so far, and how many there are, while a new generation is made.
        package let folding: (rows: Int, of: Int)?
    }

    /// What the evaluator needs to know.
    struct EvaluationState: Sendable {
        let watermark: Time?
        let firstEvent: Time?
        /// Rises whenever rows or labels come.
        let changes: UInt64
        let isLive: Bool
        /// Whether anything changed after it was judged.
        let isReopened: Bool
    }

    nonisolated let id: Int32
    nonisolated let name: String
    /// The writer slot whose panes are folded and saved here.
    nonisolated let slot: Int32
    let store: Store
    let logger: Logger
    /// What all models of the process hold.
    let memory: WindowMemory
    /// Tells the evaluator, without waiting, whether it has to look.
    nonisolated let signal = EvaluationSignal()
    /// What requests must know before their rows are queued.
    nonisolated let entrance: Mutex<Entrance>
    var schema: ModelSchema {
        didSet {
            entrance.withLock { $0.schema = schema }
            signal.raise()
        }
    }
    var watermark: Watermark {
        didSet {
            entrance.withLock { $0.watermark = watermark }
            if watermark != oldValue { signal.move(isLive: watermark.isLive) }
        }
    }
    var generations: [Generation] = []
    var references: [ReferenceVersion] = [] {
        didSet { signal.raise() }
    }
    /// Whether a reference and a generation are counted over the same cells, as far as it was asked.
    var fitting: [FittingKey: Bool] = [:]
    /// Answers about windows that were asked for, the last first.
    var documents: [KeptDocument] = []
    /// The number of the next running total.
    var nextTotal: UInt64 = 0
    /// Totals of windows that were read, the last read first.
    var runningTotals: [RunningTotal] = []
    /// Whether another process was making a generation when the model was read, which is not folded into here yet.
    var lacksGeneration = false
    /// Whether references, generations or settings are being changed.
    var isChanging = false
    var slices = SliceNames() { didSet { entrance.withLock { $0.slices = slices } } }
    /// Up to when every row that any process committed is in the panes: what rules are judged by.
    var judgeable: Time? {
        didSet { if judgeable != oldValue { noteJudgeable() } }
    }
    /// What ``judgeable`` becomes once the panes of all slots are as far as they were when it was read.
    var proposed: Watermark?
    var evaluatedTo: Time?
    var firstEvent: Time?
    var changes: UInt64 = 0 {
        didSet { signal.raise() }
    }
    /// Rises whenever rows come in the order of their times to a model that rests.
    var flow: UInt64 = 0
    /// Until when nothing has to be judged unless something changes; nil where the evaluator did not say.
    var resting: Rest?
    /// What changed after it was judged, since the evaluator asked.
    var reopened: Reopening? {
        didSet { if reopened != nil { signal.raise() } }
    }
    /// About how many bytes were held after the last time that small panes were packed.
    var packedFootprint = 0
    /// Rises when panes may have left memory, so that a pane that was read before is not put in after that.
    var epoch: UInt64 = 0
    var folding: (rows: Int, of: Int)?
    /// Up to when days were added up, by generation.
    var rolledUp: [Int32: Time] = [:]
    /// What was known when days were added up the last time of from when on they have panes, by generation.
    var statedFineFrom: [Int32: Time] = [:]
    /// Why rows out of the log could not be folded, if so.
    var refoldFailure: (any Error)?

    package init(
        model: StoredModel, schema: ModelSchema, slot: Int32, store: Store,
        memory: WindowMemory = WindowMemory(), logger: Logger
    ) {
        id = model.id
        name = model.name
        self.slot = slot
        self.schema = schema
        self.store = store
        self.logger = logger
        self.memory = memory
        let reached = [model.newestEvent.map { $0 - schema.watermarkDelay }, model.statedWatermark].compactMap(\.self)
            .max()
        let watermark = Watermark(
            greatestEvent: model.newestEvent, stated: model.statedWatermark, isLive: model.liveSince != nil,
            time: reached)
        self.watermark = watermark
        entrance = Mutex(Entrance(schema: schema, watermark: watermark))
        evaluatedTo = model.evaluatedTo
        // Rules may have been on their way when the process ended: they are looked at once after a start.
        changes = 1
    }

    deinit { memory.forget(ObjectIdentifier(self)) }

    /// How far the model has come.
    package var progress: Progress {
        Progress(
            watermark: watermark.time, evaluatedTo: judgedTo, isLive: watermark.isLive,
            references: newestReferences.map(\.name), folding: folding)
    }

    var evaluationState: EvaluationState {
        EvaluationState(
            watermark: judgeable, firstEvent: firstEvent, changes: changes &+ flow, isLive: watermark.isLive,
            isReopened: reopened != nil)
    }

    /// Rules were judged up to a time.
    func noteEvaluated(to time: Time) {
        evaluatedTo = max(evaluatedTo ?? time, time)
    }

    /// States that everything before a time is there; returns the watermark, which never falls.
    package func state(_ time: Time) async throws -> Time {
        try await store.stateWatermark(model: id, to: time)
        watermark.state(time)
        return watermark.time ?? time
    }

    /// Lets the watermark of a live model follow the wall clock.
    func follow(wallClock: Time) {
        watermark.follow(wallClock: wallClock, delay: schema.watermarkDelay)
    }

    /// Takes over the slices that the model has.
    func adopt(_ names: SliceNames) {
        slices.formUnion(names)
        for index in generations.indices { generations[index].panes.names = slices }
    }
}
