import Statistics

/// Whether the labels of a window can be trusted to speak for all of it.
///
/// A window is immature while any of these holds:
/// - fewer than 30 labels;
/// - the interval of the main measure is wide: over 0.2 for accuracy, over 0.4 of its value for the mean absolute error;
/// - labels are still to come: fewer than half of the rows are labelled, and the time since the window's end is shorter than
///   nine in ten of its labels took. Early labels are rarely a fair sample.
package struct LabelMaturity: Hashable, Sendable {
    /// Why labels are not to be trusted yet.
    package enum Reason: String, Sendable {
        /// There are fewer than 30.
        case few = "too few labels"
        /// The interval of the main measure is wider than is worth a verdict.
        case wide = "wide interval"
        /// Rows are young enough to get their labels later.
        case coming = "labels to come"
    }

    /// All reasons that hold; none in a mature window.
    package let reasons: [Reason]

    /// Whether no reason holds.
    package var isMature: Bool { reasons.isEmpty }

    /// The fewest labels of a mature window.
    package static let fewest = 30
    /// The widest interval of accuracy, and of an error by its value.
    package static let widestShare = 0.2
    package static let widestRatio = 0.4
    /// The share of labelled rows from which on no more are waited for.
    package static let enoughCoverage = 0.5
    /// The share of labels that must have had time to come.
    package static let enoughAge = 0.9

    init(_ summary: WindowSummary, main: Measure) {
        var reasons: [Reason] = []
        if summary.labels < Self.fewest { reasons.append(.few) }
        let estimate = summary.performance.estimate(main)
        let limit = main == .accuracy ? Self.widestShare : Self.widestRatio * (estimate?.value ?? 0)
        if estimate?.interval.map({ $0.width > limit }) ?? true { reasons.append(.wide) }
        let coverage = summary.predictions > 0 ? Double(summary.labels) / Double(summary.predictions) : 0
        if coverage < Self.enoughCoverage, let watermark = summary.watermark {
            let age = (watermark - summary.window.end).microseconds
            if summary.pane.outcomes.lags.share(within: age) ?? 0 < Self.enoughAge { reasons.append(.coming) }
        }
        self.reasons = reasons
    }
}

extension WindowSummary {
    /// Whether labels can be trusted to speak for the window; nil without rows, and of an earlier state of knowledge.
    package var maturity: LabelMaturity? {
        guard !isKnownAtEnd, predictions > 0, let mainMeasure else { return nil }
        return LabelMaturity(self, main: mainMeasure)
    }

    /// The time in seconds within which a share of the labels became known, less than 1/16 too long; nil without labels.
    package func labelLag(_ share: Double) -> Double? {
        isKnownAtEnd ? nil : pane.outcomes.lags.quantile(share).map { $0 / 1e6 }
    }
}
