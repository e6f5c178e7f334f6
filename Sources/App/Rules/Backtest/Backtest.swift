import Alerting
import Integrations
import Logging
import Monitoring
import Query
import Store

/// Rules, routes and policies over the stored history of one model, as if they had been in force: the engine of the service,
/// without a write.
///
/// Every slot sees the windows that were complete by then, with the labels that were known by then. It begins without alerts.
struct Backtest {
    /// The most slots of one backtest.
    static let mostSlots: Int64 = 200_000

    let model: Model
    /// Rules, routes, policies and silences.
    let settings: ActiveSettings.Snapshot
    let identity: SenderIdentity
    /// The first and the last instant that are judged.
    let from: Time
    let to: Time
    let deadline: ContinuousClock.Instant

    /// A backtest of a stretch; without bounds, of all that there is.
    init(
        of model: Model, _ settings: ActiveSettings.Snapshot, identity: SenderIdentity, from: Time?, to: Time?,
        deadline: ContinuousClock.Instant
    ) async throws(BacktestError) {
        let state = await model.windows.evaluationState
        guard let first = state.firstEvent, let watermark = await model.windows.progress.watermark else {
            throw .empty(model: model.name)
        }
        self.model = model
        self.settings = settings
        self.identity = identity
        self.from = max(from ?? first, first)
        self.to = min(to ?? watermark, watermark)
        self.deadline = deadline
        guard self.from <= self.to else { throw .empty(model: model.name) }
    }

    /// Judges the stretch, slot by slot.
    func run() async throws -> BacktestReport {
        let reader = LiveWindows.RunningTotal.Reader.past(.random(in: .min ... .max))
        var timeline = ModelTimeline(
            model: model, identity: identity, counters: Counters(), logger: Logger(label: "backtest"),
            settings: settings, told: GroupBook(identity: identity))
        timeline.settings.version -= 1
        _ = timeline.adopt(settings)
        timeline.perspective = Perspective(time: from, reader: reader)
        timeline.looksBack = true
        let start = Time(microseconds: from.microseconds - 1)
        timeline.evaluatedTo = start
        let changes = try changes(of: timeline, since: start)
        var record = BacktestRecord(deadline: deadline)
        do {
            _ = try await timeline.walk(from: start, to: to, changes, isLive: true, &record, now: to)
        } catch {
            await model.windows.forgetTotals(of: reader)
            throw error
        }
        await model.windows.forgetTotals(of: reader)
        let subject = await SeriesReader.Subject(model)
        return BacktestReport(self, record, groups: timeline.judged.map(\.group), subject: subject)
    }

    /// The instants at which anything may differ. Rows and labels are taken to come with every step of the shortest window.
    private func changes(of timeline: ModelTimeline, since start: Time) throws(BacktestError) -> [Time] {
        let length = to - start
        var slots: Int64 = 0
        for group in timeline.judged.map(\.group) {
            let all = length.microseconds / group.interval.microseconds
            // A window changes what is seen at its end and where it goes out of sight.
            let changes = model.schema.windows.reduce(0) { $0 + 2 * $1.endCount(from: start, to: to) + 1 }
            let views = Int64(timeline.views.count)
            slots += group.dependsOnTime ? all : min(all, changes.multipliedReportingOverflow(by: views).partialValue)
        }
        guard slots <= Self.mostSlots else { throw .tooManySlots(slots, most: Self.mostSlots) }
        let finest = model.schema.windows.min { $0.step < $1.step }
        let arrivals = finest?.ends(from: start, to: to, limit: Int(Self.mostSlots)) ?? []
        return timeline.changePoints(from: start, to: to, also: arrivals)
    }
}
