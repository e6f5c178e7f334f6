extension ScoreCurve {
    /// The area under the ROC curve with its interval; nil where one class has no rows.
    ///
    /// The variance is DeLong's from the placements of exact pairs (DeLong, DeLong and Clarke-Pearson 1988), in the linear form
    /// of Sun and Xu (2014); the interval is normal in log-odds (Pepe 2003, 5.2). Where all pairs are in order, or none,
    /// the variance is 0 and the interval is Newcombe's (2006, method 5). Sound from about ten rows of each class on.
    package var rocAUC: Estimate? {
        guard let area else { return nil }
        let value = min(max(area.value, 0), 1)
        guard positives > 1, negatives > 1 else { return Estimate(value, nil) }
        var (left, right) = (0.0, 0.0)
        for (point, slope) in zip(points, area.slopes) {
            left += point.positives * slope.positive * slope.positive
            right += point.negatives * slope.negative * slope.negative
        }
        let variance = left * positives / (positives - 1) + right * negatives / (negatives - 1)
        let interval = variance > 0 ? Interval.logistic(value, variance: variance) : separated(value)
        return Estimate(value, interval?.limited(to: 0...1, around: value))
    }

    /// The average precision with its interval; nil without positive rows.
    ///
    /// The variance is that of the delta method over the counts of both classes at every score (infinitesimal jackknife, Efron
    /// 1982), so the share of positive rows counts as random; the interval is normal in log-odds (Boyd, Eng and Page 2013).
    /// Sound from about fifty positive rows on.
    package var averagePrecisionEstimate: Estimate? {
        guard let curve = averagePrecision else { return nil }
        let value = min(max(curve.value, 0), 1)
        let variance = zip(points, curve.slopes).reduce(0) { sum, part in
            sum + part.0.positives * part.1.positive * part.1.positive
                + part.0.negatives * part.1.negative * part.1.negative
        }
        if variance > 0, let interval = Interval.logistic(value, variance: variance) {
            return Estimate(value, interval.limited(to: 0...1, around: value))
        }
        return Estimate(value, negatives > 1 && positives > 1 ? separated(value) : nil)
    }

    /// The areas whose distance from an area at an end is within their own error by Hanley and McNeil's variance.
    private func separated(_ value: Double) -> Interval? {
        let half = (positives + negatives) / 2 - 1
        func isWithin(_ area: Double) -> Bool {
            let spread = 1 + half * (1 - area) / (2 - area) + half * area / (1 + area)
            let variance = area * (1 - area) * spread / (positives * negatives)
            return (area - value) * (area - value) <= Interval.quantile * Interval.quantile * variance
        }
        var (inside, outside) = value > 0.5 ? (1.0, 0.0) : (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (inside + outside) / 2
            if isWithin(middle) { inside = middle } else { outside = middle }
        }
        return value > 0.5 ? Interval(low: inside, high: 1) : Interval(low: 0, high: inside)
    }
}

extension ScorePairs {
    /// The area under the ROC curve, its value by counting pairs of rows, with its interval; nil where one class has no rows.
    package func rocAUC(unit: Double = 1) -> Estimate? {
        guard let counted = RankQuality(self) else { return nil }
        return Estimate(counted.rocAUC, ScoreCurve(self, unit: unit).rocAUC?.interval)
    }

    /// How far the average precision may be from that of the scores themselves: 0 while they are kept exactly; nil without
    /// positive rows.
    ///
    /// Within a cell, the precision is greatest with all positive rows first and least with all of them last.
    package var averagePrecisionBound: Double? {
        guard positives > 0 else { return nil }
        guard !isExact, let value = ScoreCurve(self).averagePrecision?.value else { return 0 }
        var (truly, rows, least, most) = (0.0, 0.0, 0.0, 0.0)
        for (key, tally) in zip(keys, tallies).reversed() where tally.positives > 0 || tally.negatives > 0 {
            let (hits, misses) = (Double(tally.positives), Double(tally.negatives))
            if isSingle(key) {
                let part = hits * (truly + hits) / (rows + hits + misses)
                least += part
                most += part
            } else if hits > 0 {
                most += hits * (truly + hits) / (rows + hits)
                least += hits * (truly + 1) / (rows + misses + 1)
            }
            truly += hits
            rows += hits + misses
        }
        return max(most / truly - value, value - least / truly, 0)
    }
}
