import Monitoring
import Statistics

/// From when a model's windows are looked at.
struct Perspective: Sendable {
    /// The instant whose knowledge counts: windows complete and labels known by then; nil for now.
    let time: Time?
    /// Whose totals are moved on.
    let reader: LiveWindows.RunningTotal.Reader

    /// As everything is known now.
    static let now = Self(time: nil, reader: .now)
}

extension SeriesReader {
    /// One window as it is read, with its verdicts worked out once.
    struct View {
        private let window: SharedSummary
        private let time: Time?
        private var known: SharedSummary?
        /// The thresholds and verdicts of the window.
        var verdicts: WindowVerdicts

        /// A window as it is known from somewhere; seen from the past, what was known when must have been added up.
        init(of summary: WindowSummary, from perspective: Perspective) {
            var whole = summary
            if let time = perspective.time { whole.watermark = time }
            window = SharedSummary(whole)
            time = perspective.time
            verdicts = WindowVerdicts(window)
        }

        /// The window as a series tells it: what is not kept for earlier states of knowledge is told of all labels.
        mutating func window(for name: SeriesName) -> SharedSummary {
            guard let time, name.isKeptAsKnown(for: window.summary.schema.task) else { return window }
            let asKnown = known ?? SharedSummary(window.summary.asKnown(at: time))
            known = asKnown
            return asKnown
        }
    }
}

extension SeriesName {
    /// Whether the series can be told as it was known at an earlier time, or does not depend on labels.
    func isKeptAsKnown(for task: ModelSchema.Task) -> Bool {
        guard measure.dependsOnLabelTimes else { return false }
        return !(aspect.needsIntervals && task == .regression)
    }

    /// Whether its past values may differ from those that were told, because later labels count in them.
    func isJudgedWithLaterLabels(for task: ModelSchema.Task) -> Bool {
        let readsLabels = measure.scope == .performance || measure.scope == .estimate || measure.scope == .fairness
        return readsLabels && !isReference && !isKeptAsKnown(for: task)
    }
}
