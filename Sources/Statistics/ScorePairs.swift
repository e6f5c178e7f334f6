/// The scores of labelled rows with their classes, for the area under the ROC curve.
///
/// Exact pairs, sorted by score, while there are at most 8,192 distinct scores; beyond, counts over `ScoreCells`. The
/// cells are sticky: what was coarsened stays so until it is empty. Where scores of many classes are kept they are counted over
/// coarser cells from the first row on. Rows are folded with a multiplicity, so that a corrected label leaves with -1 and
/// enters with +1, in whatever order.
package struct ScorePairs: MergeableSummary {
    /// How many distinct scores are kept exactly.
    package static let exactLimit = 8192

    /// How scores are kept, the finest first.
    enum Form: Int, Sendable {
        /// Every score.
        case exact
        /// Fine cells.
        case fine
        /// Coarse cells, always.
        case coarse

        /// The cells that are counted; nil where there are none.
        var cells: ScoreCells? {
            switch self {
            case .exact: nil
            case .fine: .fine
            case .coarse: .coarse
            }
        }
    }

    /// How many rows of each class have one score or lie in one cell.
    struct Tally: Hashable, Sendable {
        var positives = 0
        var negatives = 0
        var isZero: Bool { positives == 0 && negatives == 0 }
    }

    private(set) var form = Form.exact
    /// Scores as integers in the same order, or cells, in ascending order.
    private(set) var keys: [Int64] = []
    private(set) var tallies: [Tally] = []

    /// No rows yet.
    package init() {}

    init(form: Form, keys: [Int64] = [], tallies: [Tally] = []) {
        self.form = form
        self.keys = keys
        self.tallies = tallies
    }

    /// Whether every score is kept exactly.
    package var isExact: Bool { form == .exact }

    package var isEmpty: Bool { keys.isEmpty }

    /// How many rows there are of the positive class.
    package var positives: Int { tallies.reduce(0) { $0 &+ $1.positives } }

    /// How many rows there are of all other classes.
    package var negatives: Int { tallies.reduce(0) { $0 &+ $1.negatives } }

    /// How many rows of each class have a score of at least a threshold, and how many a lower one. Cells go by their middle.
    package func decisions(
        threshold: Double
    ) -> (truePositives: Int, falsePositives: Int, falseNegatives: Int, trueNegatives: Int) {
        var (above, below) = (Tally(), Tally())
        for (key, tally) in zip(keys, tallies) {
            if score(ofKey: key) >= threshold {
                above.positives &+= tally.positives
                above.negatives &+= tally.negatives
            } else {
                below.positives &+= tally.positives
                below.negatives &+= tally.negatives
            }
        }
        return (above.positives, above.negatives, below.positives, below.negatives)
    }

    /// The score that a key stands for; of a cell its middle.
    func score(ofKey key: Int64) -> Double { form.cells?.middle(of: Int(key)) ?? ScorePairs.score(of: key) }

    /// The scores between which those of a key lie.
    func range(ofKey key: Int64) -> ClosedRange<Double> {
        form.cells?.range(of: Int(key)) ?? ScorePairs.score(of: key)...ScorePairs.score(of: key)
    }

    /// Whether all rows of a key have the same score.
    func isSingle(_ key: Int64) -> Bool { form.cells?.isSingle(Int(key)) ?? true }

    /// So few rows are put in one by one, which moves what lies above them instead of looking at every score.
    private static let few = 8

    /// Counts labelled rows, or takes them out; rows without a score are passed over. O(k log k + distinct scores).
    package mutating func fold(_ rows: [ScoredLabel]) {
        if rows.count <= ScorePairs.few {
            for row in rows where !row.score.isNaN { put(row) }
            return settle()
        }
        let batch = rows.lazy.filter { !$0.score.isNaN }.map { (ScorePairs.key(of: $0.score), $0) }.sorted {
            $0.0 < $1.0
        }
        var pairs = ScorePairs()
        for (key, row) in batch {
            if pairs.keys.last != key {
                pairs.keys.append(key)
                pairs.tallies.append(Tally())
            }
            pairs.tallies[pairs.tallies.count - 1].positives &+= row.isPositive ? row.times : 0
            pairs.tallies[pairs.tallies.count - 1].negatives &+= row.isPositive ? 0 : row.times
        }
        merge(pairs)
    }

    package mutating func merge(_ other: ScorePairs) {
        combine(with: other, sign: 1)
    }

    package mutating func subtract(_ other: ScorePairs) {
        combine(with: other, sign: -1)
    }

    private mutating func combine(with other: ScorePairs, sign: Int) {
        var other = other
        coarsen(to: other.form)
        other.coarsen(to: form)
        var merged = ScorePairs()
        merged.keys.reserveCapacity(keys.count + other.keys.count)
        merged.tallies.reserveCapacity(keys.count + other.keys.count)
        var (left, right) = (0, 0)
        while left < keys.count || right < other.keys.count {
            let key = min(left < keys.count ? keys[left] : .max, right < other.keys.count ? other.keys[right] : .max)
            var tally = Tally()
            if left < keys.count, keys[left] == key {
                tally = tallies[left]
                left += 1
            }
            if right < other.keys.count, other.keys[right] == key {
                tally.positives &+= sign &* other.tallies[right].positives
                tally.negatives &+= sign &* other.tallies[right].negatives
                right += 1
            }
            merged.append(key, tally)
        }
        (keys, tallies) = (merged.keys, merged.tallies)
        settle()
    }

    /// Takes the form that suits how many scores there are.
    private mutating func settle() {
        if keys.isEmpty, form == .fine { form = .exact }
        if isExact, keys.count > ScorePairs.exactLimit { coarsen(to: .fine) }
    }

    /// Counts a row as often as it says. O(distinct scores above its own).
    private mutating func put(_ row: ScoredLabel) {
        let key = form.cells.map { Int64($0.cell(of: row.score + 0)) } ?? ScorePairs.key(of: row.score)
        var (place, end) = (0, keys.count)
        while place < end {
            let middle = (place + end) / 2
            if keys[middle] < key { place = middle + 1 } else { end = middle }
        }
        let isNew = place == keys.count || keys[place] != key
        var tally = isNew ? Tally() : tallies[place]
        tally.positives &+= row.isPositive ? row.times : 0
        tally.negatives &+= row.isPositive ? 0 : row.times
        switch (isNew, tally.isZero) {
        case (true, true): break
        case (true, false):
            keys.insert(key, at: place)
            tallies.insert(tally, at: place)
        case (false, true):
            keys.remove(at: place)
            tallies.remove(at: place)
        case (false, false): tallies[place] = tally
        }
    }

    private mutating func append(_ key: Int64, _ tally: Tally) {
        guard !tally.isZero else { return }
        keys.append(key)
        tallies.append(tally)
    }

    /// Gives up finer scores for cells.
    private mutating func coarsen(to other: Form) {
        guard other.rawValue > form.rawValue, let cells = other.cells else { return }
        let finer = self
        self = ScorePairs(form: other)
        var (cell, tally) = (Int64.min, Tally())
        for (key, part) in zip(finer.keys, finer.tallies) {
            let next = Int64(cells.cell(of: finer.score(ofKey: key)))
            if next != cell {
                append(cell, tally)
                (cell, tally) = (next, Tally())
            }
            tally.positives &+= part.positives
            tally.negatives &+= part.negatives
        }
        append(cell, tally)
    }

    /// A score as an integer that is ordered as scores are; -0 is 0.
    static func key(of score: Double) -> Int64 {
        let bits = Int64(bitPattern: (score + 0).bitPattern)
        return bits < 0 ? bits ^ Int64.max : bits
    }

    /// The score that an integer stands for.
    static func score(of key: Int64) -> Double {
        Double(bitPattern: UInt64(bitPattern: key < 0 ? key ^ Int64.max : key))
    }
}
