/// How often each class was predicted where each class was true.
///
/// Rows are folded with a multiplicity, so that a corrected label leaves with -1 and enters with +1, in whatever order; a
/// count that becomes 0 does not exist.
package struct ConfusionCounts: MergeableSummary {
    /// One cell of the confusion matrix.
    package struct Cell: Hashable, Comparable, Sendable {
        /// The class that the model gave.
        package let predicted: ByteText
        /// The class that was true.
        package let actual: ByteText

        package init(predicted: ByteText, actual: ByteText) {
            self.predicted = predicted
            self.actual = actual
        }

        package static func < (left: Cell, right: Cell) -> Bool {
            left.actual == right.actual ? left.predicted < right.predicted : left.actual < right.actual
        }
    }

    /// The counts that are not 0.
    package private(set) var counts: [Cell: Int] = [:]

    /// Nothing counted yet.
    package init() {}

    init(counts: [Cell: Int]) {
        self.counts = counts
    }

    package var isEmpty: Bool { counts.isEmpty }

    /// How many labelled rows there are.
    package var count: Int { counts.values.reduce(0, &+) }

    /// Counts a labelled row as often as told, or takes it out with a number below 0.
    package mutating func fold(predicted: ByteText, actual: ByteText, times: Int = 1) {
        counts.add(times, for: Cell(predicted: predicted, actual: actual))
    }

    package mutating func merge(_ other: ConfusionCounts) {
        for (cell, number) in other.counts { counts.add(number, for: cell) }
    }

    package mutating func subtract(_ other: ConfusionCounts) {
        for (cell, number) in other.counts { counts.add(0 &- number, for: cell) }
    }

    /// How often a class was predicted where a class was true.
    package func count(predicted: ByteText, actual: ByteText) -> Int {
        counts[Cell(predicted: predicted, actual: actual), default: 0]
    }

    /// Every class that was predicted or true, in the order of their bytes.
    package var classes: [ByteText] {
        Set(counts.keys.flatMap { [$0.predicted, $0.actual] }).sorted()
    }
}
