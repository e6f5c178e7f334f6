/// What happened to one measure in windows that do not differ from their reference.
package struct Level: Hashable, Sendable {
    /// How many windows got a verdict.
    package private(set) var judged = 0
    /// How many of them exceeded their threshold.
    package private(set) var above = 0
    /// How many reached it at least: the next attainable level of a discrete measure.
    package private(set) var reached = 0
    /// How many would have exceeded a threshold without the error bound of the grid.
    package private(set) var aboveUnbound = 0
    /// How many got no verdict.
    package private(set) var insufficient = 0
    /// The sums over references of squares and products of how many windows there were and how many exceeded.
    private var squares = (above: 0, all: 0, both: 0)

    /// Nothing yet.
    package init() {}

    package static func == (left: Self, right: Self) -> Bool {
        left.judged == right.judged && left.above == right.above && left.reached == right.reached
            && left.aboveUnbound == right.aboveUnbound && left.insufficient == right.insufficient
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(judged)
        hasher.combine(above)
    }

    /// The share of all windows that exceeded; nil without any verdict. A window without one raises no alarm.
    package var share: Double? { part(above) }
    /// The share that reached; nil without a verdict.
    package var nextShare: Double? { part(reached) }
    /// The share that would have exceeded without the error bound; nil without a verdict.
    package var unboundShare: Double? { part(aboveUnbound) }

    /// The standard error of the share: windows of one reference are alike, so that references are what counts.
    package var standardError: Double? {
        guard let share else { return nil }
        let spread =
            Double(squares.above) - 2 * share * Double(squares.both) + share * share * Double(squares.all)
        return max(spread, 0).squareRoot() / Double(judged + insufficient)
    }

    private func part(_ count: Int) -> Double? { judged > 0 ? Double(count) / Double(judged + insufficient) : nil }

    /// Adds a window without a verdict.
    mutating func addInsufficient() { insufficient += 1 }

    /// Adds a window with a verdict.
    mutating func add(_ value: Double, threshold: Double, bound: Double, isDrifted: Bool) {
        judged += 1
        if isDrifted { above += 1 }
        if value >= threshold * (1 - 1e-6) { reached += 1 }
        if value > threshold - bound { aboveUnbound += 1 }
    }

    /// Adds the windows of another reference.
    mutating func add(reference other: Self) {
        judged += other.judged
        above += other.above
        reached += other.reached
        aboveUnbound += other.aboveUnbound
        insufficient += other.insufficient
        squares.above += other.above * other.above
        let all = other.judged + other.insufficient
        squares.all += all * all
        squares.both += other.above * all
    }
}
