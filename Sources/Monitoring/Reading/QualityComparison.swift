package import Statistics

/// A share of a window's rows beside the reference's.
package struct QualityComparison: Hashable, Sendable {
    /// The window's rows with the fault.
    package let window: RowShare
    /// The reference's, nil without a reference; for unseen categories those that its singletons let expect.
    package let reference: RowShare?
    /// What chance allows unseen rows, for that measure.
    private let unseen: UnseenLaw?

    /// A share that is tested against another.
    init(window: RowShare, reference: RowShare?) {
        self.window = window
        self.reference = reference
        unseen = nil
    }

    /// Unseen rows beside what the reference lets expect, tested by their law; nil for a law that does not exist.
    init(window: RowShare, expected: UnseenShare, law: UnseenLaw?) {
        self.window = window
        reference = RowShare(expected.singletons, of: expected.rows)
        unseen = law
    }

    /// The probability of a share that differs at least as much without any change; nil without rows on both sides.
    package var pValue: Double? {
        if let unseen { return unseen.pValue(window.part) }
        return reference.flatMap { ShareTest.pValue(reference: $0, window: window) }
    }

    /// The shares beyond which a window of as many rows differs at a level; nil without rows on both sides.
    package func critical(level: Double) -> ShareTest.Critical? {
        guard let reference else { return nil }
        if let unseen {
            return ShareTest.Critical(low: nil, high: unseen.critical(level: level))
        }
        return ShareTest.critical(reference: reference, rows: window.whole, level: level)
    }
}

extension WindowSummary {
    /// A share of a column's rows beside the reference's; nil where columns of its kind do not have it, or there are no rows.
    package func quality(_ measure: QualityMeasure, column: ColumnName) -> QualityComparison? {
        guard let kind = kind(of: column), measure.isDefined(for: kind) else { return nil }
        if measure == .unseen { return unseenComparison(column) }
        guard let window = pane.share(measure, column, kind), window.share.whole > 0 else { return nil }
        let side = reference.flatMap { $0.pane.has(column) ? $0.pane.share(measure, column, kind) : nil }
        guard isWeighted, let side else {
            return QualityComparison(window: window.scaled, reference: side?.scaled)
        }
        let sizes = SampleSizes(reference: side.size, window: window.size, rows: (side.rows, window.rows))
        return QualityComparison(window: window.share.scaled(to: sizes.window), reference: side.scaled)
    }

    private func unseenComparison(_ column: ColumnName) -> QualityComparison? {
        guard let reference = referenceReading?.categorical(column), let table = comparableTable(column)
        else { return nil }
        let share = RowShare(table.unseen, of: table.windowTotal)
        guard share.whole > 0, self.reference?.pane.has(column) == true else { return nil }
        let sizes = sizes(of: column)
        return QualityComparison(
            window: sizes.map { share.scaled(to: $0.window) } ?? share,
            expected: UnseenShare(reference: reference), law: UnseenLaw(effectiveCounts(table, sizes: sizes)))
    }
}

/// A share of rows with how many there are, and how many these are worth to a test.
private struct MeasuredShare {
    /// By weight, in units of a row of weight 1, where rows have one.
    let share: RowShare
    let rows: Int
    let size: Double

    var scaled: RowShare { share.scaled(to: size) }
}

extension Pane {
    /// A share of a column's rows, by weight where rows have weights.
    fileprivate func share(_ measure: QualityMeasure, _ column: ColumnName, _ kind: FeatureKind) -> MeasuredShare? {
        let isNumeric = kind == .numeric
        guard let rows = isNumeric ? numeric[column]?.share(measure) : categorical[column]?.share(measure) else {
            return nil
        }
        guard isWeighted else { return MeasuredShare(share: rows, rows: rows.whole, size: Double(rows.whole)) }
        guard
            let weights = isNumeric
                ? weighted(numeric: column)?.share(measure) : weighted(categorical: column)?.share(measure)
        else { return nil }
        let isOfValues = measure == .outOfRange
        let kish = isOfValues ? effectiveCount(of: column) : effectiveCount
        let counts = PairedCounts(
            reference: [rows.part, rows.whole - rows.part], window: [weights.part, weights.whole - weights.part])
        let effect = DesignEffect(counts, squares: squaredWeights(of: isOfValues ? column : nil))
        let size = effect.map { min($0.rows(isOrdered: false), kish) } ?? kish
        return MeasuredShare(share: weights, rows: rows.whole, size: size)
    }
}

extension NumericSummary {
    fileprivate func share(_ measure: QualityMeasure) -> RowShare {
        switch measure {
        case .missing: RowShare(missing, of: count + missing)
        case .typeErrors: RowShare(typeErrors, of: count + missing)
        case .outOfRange, .unseen: RowShare(outOfRange, of: count)
        }
    }
}

extension CategoricalSummary {
    fileprivate func share(_ measure: QualityMeasure) -> RowShare {
        RowShare(measure == .typeErrors ? typeErrors : missing, of: count + missing)
    }
}
