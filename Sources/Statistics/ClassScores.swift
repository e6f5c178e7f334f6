/// The scores of every class over rows, with whether the class is the row's own: each class against the rest.
///
/// Of at most ten classes, in coarse cells, so that a pane of many rows takes a few kilobytes a class. A class that a row does not
/// name has score 0 there, which follows from the number of rows and is not stored. Where there are more classes nothing but the
/// number of rows is kept; that is sticky as the cells of `ScorePairs` are. Rows are folded with a multiplicity, so that a
/// corrected label leaves with -1 and enters with +1, in whatever order.
package struct ClassScores: MergeableSummary {
    /// The most classes of which scores are kept.
    package static let mostClasses = 10

    /// One class against the rest.
    struct Part: Equatable, Sendable {
        /// How many rows are of the class.
        var own = 0
        /// The scores that rows name; positive are those of the class.
        var pairs = ScorePairs(form: .coarse)

        var isEmpty: Bool { own == 0 && pairs.isEmpty }
    }

    /// How many rows are counted.
    package private(set) var rows = 0
    /// How many rows have a score outside 0...1, and are not counted.
    package private(set) var outside = 0
    /// How many rows are of a class that is not among the ten best of their scores, and are not counted.
    package private(set) var beyond = 0
    /// Whether there were too many classes.
    package private(set) var isWide = false
    private(set) var parts: [ByteText: Part] = [:]

    /// No rows yet.
    package init() {}

    init(rows: Int, outside: Int, beyond: Int, isWide: Bool, parts: [ByteText: Part]) {
        self.rows = rows
        self.outside = outside
        self.beyond = beyond
        self.isWide = isWide
        self.parts = parts
    }

    package var isEmpty: Bool { rows == 0 && outside == 0 && beyond == 0 && parts.isEmpty }

    /// How many rows were looked at.
    package var seen: Int { rows &+ outside &+ beyond }

    /// The sum of several; nil where that has too many classes.
    package init?(merging parts: some Sequence<ClassScores>) {
        self.init()
        for part in parts {
            merge(part)
            if isWide { return nil }
        }
    }

    /// Counts rows as often as they say. O(rows x classes of a row x log).
    package mutating func fold(_ batch: [RowScores]) {
        var labels: [ByteText: [ScoredLabel]] = [:]
        for row in batch {
            guard row.scores.allSatisfy({ (0...1).contains($0.score) }) else {
                outside &+= row.times
                continue
            }
            guard row.scores.count < Self.mostClasses || row.scores.contains(where: { $0.name == row.own }) else {
                beyond &+= row.times
                continue
            }
            rows &+= row.times
            guard !isWide else { continue }
            parts[row.own, default: Part()].own &+= row.times
            for (name, score) in row.scores {
                labels[name, default: []].append(
                    ScoredLabel(score: score, isPositive: name == row.own, times: row.times))
            }
        }
        if !isWide { for (name, scored) in labels { parts[name, default: Part()].pairs.fold(scored) } }
        settle()
    }

    package mutating func merge(_ other: Self) {
        combine(with: other, sign: 1)
    }

    package mutating func subtract(_ other: Self) {
        combine(with: other, sign: -1)
    }

    private mutating func combine(with other: Self, sign: Int) {
        guard !other.isEmpty else { return }
        rows &+= sign &* other.rows
        outside &+= sign &* other.outside
        beyond &+= sign &* other.beyond
        isWide = isWide || other.isWide
        if !isWide {
            for (name, part) in other.parts {
                parts[name, default: Part()].own &+= sign &* part.own
                if sign > 0 {
                    parts[name, default: Part()].pairs.merge(part.pairs)
                } else {
                    parts[name, default: Part()].pairs.subtract(part.pairs)
                }
            }
        }
        settle()
    }

    /// Drops what there is none of, and all classes where they are too many.
    private mutating func settle() {
        if parts.contains(where: { $0.value.isEmpty }) { parts = parts.filter { !$0.value.isEmpty } }
        if parts.count > Self.mostClasses { isWide = true }
        if isWide { parts = [:] }
        if isEmpty { isWide = false }
    }

    /// The classes that occur, in the order of their bytes.
    package var classes: [ByteText] { parts.keys.sorted() }

    /// How many rows are of a class.
    package func own(_ name: ByteText) -> Int { parts[name]?.own ?? 0 }

    /// All rows by their score of a class, positive those of the class.
    package func pairs(of name: ByteText) -> ScorePairs {
        let part = parts[name] ?? Part()
        var pairs = part.pairs
        let unnamed = (own: part.own &- pairs.positives, others: rows &- part.own &- pairs.negatives)
        pairs.fold([
            ScoredLabel(score: 0, isPositive: true, times: unnamed.own),
            ScoredLabel(score: 0, isPositive: false, times: unnamed.others),
        ])
        return pairs
    }

    /// About how many bytes it takes in memory. O(classes).
    package var footprint: Int { parts.values.reduce(0) { $0 + 96 + 24 * $1.pairs.keys.count } }
}
