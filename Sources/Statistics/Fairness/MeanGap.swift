/// How far apart the groups of a regression are in their mean error: the widest difference of two groups.
///
/// Formula: the greatest minus the least mean of prediction minus actual over the groups with enough labelled rows, with
/// Welch's interval (1947), normal quantiles. Smallest sound sample: thirty effective labelled rows a group. O(groups).
package struct MeanGap: Hashable, Sendable {
    /// The mean of one group.
    package struct Group: Hashable, Sendable {
        package let name: ByteText
        /// How many labelled rows the group has.
        package let count: Int
        /// How many effective ones these are worth.
        package let effectiveCount: Double
        /// The mean of prediction minus actual.
        package let mean: Double
        /// The interval of the mean at level 0.95; nil below two rows.
        package let interval: Interval?

        /// Nil where the sums have no mean: without rows, or if an error was too large.
        ///
        /// `residuals` are by weight where rows have some; `rows` says then how many they are, and `unit` how many effective rows
        /// one count is worth.
        package init?(name: ByteText, residuals: Residuals, rows: Int? = nil, unit: Double = 1) {
            guard let mean = residuals.bias, let rmse = residuals.rmse else { return nil }
            self.name = name
            count = rows ?? residuals.count
            effectiveCount = Double(residuals.count) * unit
            self.mean = mean
            interval = Interval.mean(mean, square: rmse * rmse, count: effectiveCount)
        }
    }

    /// The group with the greater mean; with a reference group the one farthest from it.
    package let high: ByteText
    /// The group with the lesser mean; with a reference group that group.
    package let low: ByteText
    /// The mean of `high` minus that of `low`, in the unit of the prediction.
    package let difference: Double
    /// The interval of the difference of these two groups at level 0.95.
    package let interval: Interval?

    /// Compares groups; nil if fewer than two have enough rows, or if the reference group has not.
    package init?(_ groups: [Group], smallest: Int, reference: ByteText? = nil) {
        let members = groups.filter { $0.effectiveCount >= Double(smallest) }.sorted { $0.name < $1.name }
        guard members.count >= 2 else { return nil }
        let pair: (high: Group, low: Group)
        if let reference {
            guard let base = members.first(where: { $0.name == reference }),
                let farthest = members.filter({ $0.name != reference })
                    .max(by: { abs($0.mean - base.mean) < abs($1.mean - base.mean) })
            else { return nil }
            pair = (farthest, base)
        } else {
            guard let high = members.max(by: { $0.mean < $1.mean }), let low = members.min(by: { $0.mean < $1.mean })
            else { return nil }
            pair = (high, low)
        }
        guard (pair.high.mean - pair.low.mean).isFinite else { return nil }
        (high, low) = (pair.high.name, pair.low.name)
        difference = pair.high.mean - pair.low.mean
        if let first = pair.high.interval, let second = pair.low.interval {
            interval = Interval.difference(pair.high.mean, first, minus: pair.low.mean, second)
        } else {
            interval = nil
        }
    }
}
