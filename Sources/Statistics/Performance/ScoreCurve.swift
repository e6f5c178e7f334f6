/// Positive and negative rows by ascending score, as real numbers of rows: what ranking measures and their slopes are read of.
///
/// The rows may be counted or, for an estimate without labels, expected. O(distinct scores) for every answer.
package struct ScoreCurve: Sendable {
    /// The rows of one score.
    struct Point: Sendable {
        var positives: Double
        var negatives: Double
    }

    /// What one more positive and one more negative row of a score do to a measure.
    struct Slope: Sendable {
        let positive: Double
        let negative: Double
    }

    let points: [Point]
    let positives: Double
    let negatives: Double

    init(points: [Point]) {
        self.points = points
        positives = points.reduce(0) { $0 + $1.positives }
        negatives = points.reduce(0) { $0 + $1.negatives }
    }

    /// The curve of labelled scores, a count standing for `unit` effective rows.
    package init(_ pairs: ScorePairs, unit: Double = 1) {
        self.init(
            points: pairs.tallies.map {
                Point(positives: Double($0.positives) * unit, negatives: Double($0.negatives) * unit)
            })
    }

    /// The area under the ROC curve with what one more row does to it; nil where one class has no rows.
    var area: (value: Double, slopes: [Slope])? {
        guard positives > 0, negatives > 0 else { return nil }
        var below = 0.0
        var above = positives
        var wins = 0.0
        var slopes: [Slope] = []
        slopes.reserveCapacity(points.count)
        for point in points {
            above -= point.positives
            // The negative rows that a positive row of this score beats, and the positive ones that beat a negative row.
            let (beaten, beating) = (below + point.negatives / 2, above + point.positives / 2)
            wins += point.positives * beaten
            slopes.append(Slope(positive: beaten / negatives, negative: beating / positives))
            below += point.negatives
        }
        let value = wins / (positives * negatives)
        return (
            value,
            slopes.map {
                Slope(positive: ($0.positive - value) / positives, negative: ($0.negative - value) / negatives)
            }
        )
    }

    /// The average precision, `sum (R_k - R_(k-1)) P_k` from the highest score down as `sklearn.metrics.average_precision_score`,
    /// with what one more row does to it; nil without positive rows.
    var averagePrecision: (value: Double, slopes: [Slope])? {
        guard positives > 0 else { return nil }
        var precisions = [Double](repeating: 0, count: points.count)
        var predicted = precisions
        var (truly, falsely, sum) = (0.0, 0.0, 0.0)
        for index in points.indices.reversed() {
            truly += points[index].positives
            falsely += points[index].negatives
            predicted[index] = truly + falsely
            precisions[index] = predicted[index] > 0 ? truly / predicted[index] : 0
            sum += points[index].positives * precisions[index]
        }
        let value = sum / positives
        // A row changes the precision at its own score and at all lower ones.
        var (gain, loss) = (0.0, 0.0)
        var slopes: [Slope] = []
        slopes.reserveCapacity(points.count)
        for index in points.indices {
            if predicted[index] > 0 {
                gain += points[index].positives * (1 - precisions[index]) / predicted[index]
                loss += points[index].positives * precisions[index] / predicted[index]
            }
            slopes.append(Slope(positive: (precisions[index] + gain - value) / positives, negative: -loss / positives))
        }
        return (value, slopes)
    }
}
