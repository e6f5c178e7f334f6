import Monitoring

/// Models whose rules have nothing to do while only the clock goes on.
extension LiveWindows {
    /// What the evaluator left.
    struct Rest: Sendable {
        /// The event time at which something is due although nothing changes.
        let end: Time
        /// ``changes`` when it was stated.
        let changes: UInt64
    }

    /// Whether nothing has come since the evaluator looked, and nothing is due.
    private var isResting: Bool {
        guard let resting, watermark.isLive, reopened == nil, resting.changes == changes else { return false }
        return judgeable.map { $0 < resting.end } ?? false
    }

    /// Up to when rules are judged: while nothing is due, as far as event time has come.
    var judgedTo: Time? {
        guard isResting, let judgeable else { return evaluatedTo }
        return max(evaluatedTo ?? judgeable, judgeable)
    }

    /// States that nothing has to be judged before an event time unless something changes; false where something has changed
    /// since the inputs that were judged.
    func rest(until end: Time, judged inputs: UInt64) -> Bool {
        guard inputs == changes &+ flow else { return false }
        resting = Rest(end: end, changes: changes)
        return judgeable.map { $0 < end } ?? true
    }

    /// What is judged is not known here any more.
    func wake() {
        resting = nil
    }

    /// Rows or labels came. What lies in windows that were judged is a change; all else of a model that rests changes nothing
    /// before the next window ends.
    func noteChange(by part: FoldPart) {
        if isResting, let judgeable, part.lies(after: judgeable) { flow &+= 1 } else { changes &+= 1 }
    }

    /// Rules may be judged further. The clock of a live model alone does not call the evaluator before something is due.
    func noteJudgeable() {
        guard let resting, let judgeable, watermark.isLive, judgeable < resting.end else { return signal.raise() }
    }
}
