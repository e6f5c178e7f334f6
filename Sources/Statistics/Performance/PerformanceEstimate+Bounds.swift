/// How far the expected values may be from those of the scores themselves, because scores are counted in cells.
///
/// The probability of every row lies between those at the ends of its cell, which bounds every sum, and so every measure; rows
/// of a cell that holds the threshold inside may lie on either side of it.
extension PerformanceEstimate {
    /// The least and the most that the cells of the confusion matrix can be.
    private struct Limits {
        var truePositives = (least: 0.0, most: 0.0)
        var falsePositives = (least: 0.0, most: 0.0)
        var falseNegatives = (least: 0.0, most: 0.0)
        var trueNegatives = (least: 0.0, most: 0.0)
    }

    private var limits: Limits {
        var limits = Limits()
        for row in rows {
            let positives = (least: row.rows * row.least, most: row.rows * row.most)
            let negatives = (least: row.rows * (1 - row.most), most: row.rows * (1 - row.least))
            if row.isAbove || row.isSplit {
                limits.truePositives.most += positives.most
                limits.falsePositives.most += negatives.most
            }
            if !row.isAbove || row.isSplit {
                limits.falseNegatives.most += positives.most
                limits.trueNegatives.most += negatives.most
            }
            guard !row.isSplit else { continue }
            if row.isAbove {
                limits.truePositives.least += positives.least
                limits.falsePositives.least += negatives.least
            } else {
                limits.falseNegatives.least += positives.least
                limits.trueNegatives.least += negatives.least
            }
        }
        return limits
    }

    /// The bound of the expected accuracy.
    package var accuracyBound: Double {
        let limits = limits
        let value = (truePositives + trueNegatives) / total
        return max(
            (limits.truePositives.most + limits.trueNegatives.most) / total - value,
            value - (limits.truePositives.least + limits.trueNegatives.least) / total, 0)
    }

    /// The bounds of expected precision, recall, F1 and specificity.
    package var ratioBounds: (precision: Double, recall: Double, f1: Double, specificity: Double) {
        let limits = limits
        let (hits, alarms) = (limits.truePositives, limits.falsePositives)
        let (misses, rejections) = (limits.falseNegatives, limits.trueNegatives)
        func bound(_ value: Double?, _ part: (least: Double, most: Double), _ rest: (least: Double, most: Double))
            -> Double
        {
            guard let value else { return 0 }
            let least = part.least + rest.most > 0 ? part.least / (part.least + rest.most) : 0
            let most = part.most + rest.least > 0 ? part.most / (part.most + rest.least) : 1
            return max(most - value, value - least, 0)
        }
        let wrong = (least: (alarms.least + misses.least) / 2, most: (alarms.most + misses.most) / 2)
        return (
            bound(precision?.value, hits, alarms), bound(recall?.value, hits, misses), bound(f1?.value, hits, wrong),
            bound(specificity?.value, rejections, alarms)
        )
    }

    /// The bound of the expected area under the ROC curve: the shares of either class that may lie elsewhere, and the pairs whose
    /// order is not known because they share a cell.
    package var areaBound: Double {
        var (positives, negatives, moved, tied) = (0.0, 0.0, 0.0, 0.0)
        for row in rows {
            positives += row.positives
            negatives += row.negatives
            moved += row.rows * max(row.most - row.probability, row.probability - row.least)
            if row.least < row.most { tied += row.rows * row.most * row.rows * (1 - row.least) / 2 }
        }
        guard positives > moved, negatives > moved else { return 1 }
        let shift = moved / (positives - moved) + moved / (negatives - moved)
        return min(shift + tied / ((positives - moved) * (negatives - moved)), 1)
    }

    /// The bound of the expected average precision.
    package var averagePrecisionBound: Double {
        guard let value = averagePrecision?.value else { return 0 }
        var (least, most, rowsAbove) = (0.0, 0.0, 0.0)
        var (low, high) = (0.0, 0.0)
        for row in rows.reversed() {
            let positives = (least: row.rows * row.least, most: row.rows * row.most)
            let isExact = row.least == row.most
            let (top, bottom) = (high + positives.most, isExact ? low + positives.least : low)
            most += positives.most * (top > 0 ? top / (rowsAbove + (isExact ? row.rows : positives.most)) : 0)
            rowsAbove += row.rows
            least += positives.least * bottom / rowsAbove
            low += positives.least
            high += positives.most
        }
        guard low > 0 else { return 1 }
        return min(max(most / low - value, value - least / high, 0), 1)
    }
}
