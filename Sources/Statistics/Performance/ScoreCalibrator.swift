/// How likely a score is to come true, learned from labelled scores of a reference.
///
/// Isotonic regression: the rising step function nearest to the labels in squares, by pooling adjacent violators (Ayer et al.
/// 1955; Barlow et al. 1972), straight between the blocks as in `sklearn.isotonic.IsotonicRegression`, and clipped to
/// the first and last block outside. It is used where it lowers the calibration error of rows that it was not fitted on;
/// elsewhere, scores between 0 and 1 stand for themselves. Fitting is O(distinct scores).
package struct ScoreCalibrator: Sendable {
    /// A stretch of scores with one share of positive rows.
    struct Block: Sendable {
        /// The least and the greatest score.
        var low: Double
        var high: Double
        var positives: Double
        var rows: Double
        var share: Double { positives / rows }
    }

    /// Whether scores are mapped; else they stand for themselves.
    package let isIsotonic: Bool
    /// The blocks of the step function in ascending order; their number of rows is what is known about each.
    let blocks: [Block]
    /// How many labelled rows it was learned from.
    package let rows: Double

    /// Learns from labelled scores; nil where they are of one class only, or not one of them is there.
    ///
    /// - Parameters:
    ///   - pairs: scores with their classes, exact or in cells.
    ///   - unit: how many effective rows a count stands for.
    package init?(_ pairs: ScorePairs, unit: Double = 1) {
        let points = pairs.scored(unit: unit)
        let positives = points.reduce(0) { $0 + $1.positives }
        let all = points.reduce(0) { $0 + $1.positives + $1.negatives }
        guard positives > 0, positives < all, let first = points.first, let last = points.last else { return nil }
        let mayStand = first.score >= 0 && last.score <= 1
        isIsotonic = !mayStand || CalibrationTrial(points).isIsotonicBetter
        blocks = Self.blocks(points)
        rows = all
    }

    init(blocks: [Block], isIsotonic: Bool) {
        self.blocks = blocks
        self.isIsotonic = isIsotonic
        rows = blocks.reduce(0) { $0 + $1.rows }
    }

    /// Pools neighbours until the shares rise.
    static func blocks(_ points: [ScoredPoint]) -> [Block] {
        var blocks: [Block] = []
        for point in points where point.positives + point.negatives > 0 {
            var block = Block(
                low: point.score, high: point.score, positives: point.positives,
                rows: point.positives + point.negatives)
            while let last = blocks.last, last.positives * block.rows >= block.positives * last.rows {
                block.low = last.low
                block.positives += last.positives
                block.rows += last.rows
                blocks.removeLast()
            }
            blocks.append(block)
        }
        return blocks
    }

    /// The probability that a score comes true. O(log blocks).
    package func probability(of score: Double) -> Double {
        guard isIsotonic else { return min(max(score, 0), 1) }
        let index = index(of: score)
        let block = blocks[index]
        guard score > block.high, index + 1 < blocks.count else { return block.share }
        let next = blocks[index + 1]
        let part = (score - block.high) / (next.low - block.high)
        return block.share + min(max(part, 0), 1) * (next.share - block.share)
    }

    /// The last block that begins at or below a score, else the first.
    func index(of score: Double) -> Int {
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].low <= score { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }
}

/// The labelled rows of one score.
struct ScoredPoint: Sendable {
    let score: Double
    var positives: Double
    var negatives: Double
}

extension ScorePairs {
    /// The rows by ascending score, cells by the middle of theirs; a count stands for `unit` effective rows.
    func scored(unit: Double = 1) -> [ScoredPoint] {
        zip(keys, tallies).map { key, tally in
            ScoredPoint(
                score: score(ofKey: key), positives: Double(tally.positives) * unit,
                negatives: Double(tally.negatives) * unit)
        }
    }
}
