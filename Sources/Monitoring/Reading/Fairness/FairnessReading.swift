package import Statistics

/// How groups of one window's rows are treated, and how far apart that is.
package struct FairnessReading: Sendable {
    /// How far apart the groups are by one criterion.
    package struct Gap: Sendable {
        /// The group with the higher rate; with a reference group the one farthest from it.
        package let high: ByteText
        /// The group with the lower rate; with a reference group that group.
        package let low: ByteText
        /// `high` minus `low`.
        package let difference: Double
        /// The interval of the difference of these two groups at level 0.95.
        package let interval: Interval?
        /// The lower rate by the higher one; nil of means, and where all rates are 0.
        package let ratio: Double?
        /// The rate that they are farthest apart in; nil of means.
        package let rate: FairnessRate?
        /// How likely groups are at least as unlike where all are treated alike; nil of means.
        package let pValue: Double?
    }

    /// What is compared of one group.
    package struct GroupRows: Sendable {
        /// How many rows there are.
        fileprivate let count: Int
        /// Of a classification: how often the positive class was predicted, and where that comes from.
        fileprivate let found: (outcomes: GroupOutcomes, basis: SelectionBasis)?
        /// The same of labelled rows alone.
        fileprivate let labelled: GroupOutcomes?
        /// The errors of a regression.
        fileprivate let residuals: (sums: Residuals, rows: Int, unit: Double)?

        /// What is compared of a window of one group; `positive` is the class that counts as positive, nil for a regression.
        package init(_ summary: WindowSummary, positive: ByteText?) {
            count = summary.predictions
            found = positive.map { summary.groupOutcomes(positive: $0) }
            labelled = positive.map { summary.labelled.groupOutcomes(positive: $0) }
            residuals = positive == nil ? summary.labelled.residuals : nil
        }
    }

    /// The columns that windows need for it.
    package static let columns: Set<ColumnName> = [.prediction, .score]

    /// How many effective rows the denominator of a rate needs unless told otherwise.
    package static let smallest = 30

    /// Where the rate of positive predictions comes from, the same for all groups; nil for a regression and without groups.
    package let basis: SelectionBasis?
    /// What is known of each group of a classification.
    package let outcomes: [ByteText: GroupOutcomes]
    /// The mean error of each group of a regression that has one.
    package let means: [ByteText: MeanGap.Group]

    /// How many rows are in one of the groups.
    package let count: Int

    private let smallest: Int
    private let reference: ByteText?

    /// Compares the groups of a window.
    ///
    /// - Parameters:
    ///   - groups: the groups by name, each with rows; all with a positive class, or all without.
    ///   - smallest: how many effective rows the denominator of a rate needs.
    ///   - reference: the group that others are compared with; nil compares the two extremes.
    package init(
        _ groups: [(name: ByteText, rows: GroupRows)], smallest: Int = Self.smallest, reference: ByteText? = nil
    ) {
        self.smallest = smallest
        self.reference = reference
        count = groups.reduce(0) { $0 + $1.rows.count }
        let means = groups.compactMap { name, rows in
            rows.residuals.flatMap { MeanGap.Group(name: name, residuals: $0.sums, rows: $0.rows, unit: $0.unit) }
        }
        self.means = Dictionary(means.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let bases = groups.compactMap { $0.rows.found?.basis }
        // Groups are compared on one basis: rows with labels where one group does not say what was predicted of all.
        basis = bases.contains(.labels) ? .labels : bases.first
        let isLabelled = basis == .labels
        let found = groups.compactMap { name, rows in
            (isLabelled ? rows.labelled : rows.found?.outcomes).map { (name, $0) }
        }
        outcomes = Dictionary(found, uniquingKeysWith: { first, _ in first })
    }

    /// The widest gap by a criterion; nil where fewer than two groups have enough rows, or the reference group has not.
    package func gap(_ criterion: FairnessCriterion) -> Gap? {
        if criterion == .meanResidualParity { return meanGap }
        let gaps = criterion.rates.compactMap {
            FairnessGap($0, groups: outcomes, smallest: smallest, reference: reference)
        }
        guard gaps.count == criterion.rates.count,
            let widest = gaps.max(by: { $0.difference.magnitude < $1.difference.magnitude })
        else { return nil }
        // With several rates the least p-value counts as often as there are rates (Bonferroni).
        let pValue = gaps.compactMap(\.pValue).min().map { min($0 * Double(gaps.count), 1) }
        return Gap(
            high: widest.high, low: widest.low, difference: widest.difference, interval: widest.interval,
            ratio: widest.ratio, rate: widest.rate, pValue: pValue)
    }

    private var meanGap: Gap? {
        MeanGap(means.values.sorted { $0.name < $1.name }, smallest: smallest, reference: reference).map {
            Gap(
                high: $0.high, low: $0.low, difference: $0.difference, interval: $0.interval, ratio: nil, rate: nil,
                pValue: nil)
        }
    }
}
