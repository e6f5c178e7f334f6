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
        guard let window = pane.share(measure, column, kind), window.whole > 0 else { return nil }
        let side = reference.flatMap { $0.pane.has(column) ? $0.pane.share(measure, column, kind) : nil }
        return QualityComparison(window: window, reference: side)
    }

    private func unseenComparison(_ column: ColumnName) -> QualityComparison? {
        guard let reference = referenceReading?.categorical(column), let table = comparableTable(column)
        else { return nil }
        let share = RowShare(table.unseen, of: table.windowTotal)
        guard share.whole > 0, self.reference?.pane.has(column) == true else { return nil }
        return QualityComparison(
            window: isWeighted ? share.scaled(to: pane.effectiveCount(of: column)) : share,
            expected: UnseenShare(reference: reference), law: UnseenLaw(effectiveCounts(table, of: column)))
    }
}

extension Pane {
    /// A share of a column's rows; where rows have weights, by weight and over the effective number of rows.
    fileprivate func share(_ measure: QualityMeasure, _ column: ColumnName, _ kind: FeatureKind) -> RowShare? {
        let share: RowShare?
        switch kind {
        case .numeric:
            let summary = isWeighted ? weighted(numeric: column) : numeric[column]
            share = summary.map {
                switch measure {
                case .missing: RowShare($0.missing, of: $0.count + $0.missing)
                case .typeErrors: RowShare($0.typeErrors, of: $0.count + $0.missing)
                case .outOfRange, .unseen: RowShare($0.outOfRange, of: $0.count)
                }
            }
        case .categorical:
            let summary = isWeighted ? weighted(categorical: column) : categorical[column]
            share = summary.map {
                RowShare(measure == .typeErrors ? $0.typeErrors : $0.missing, of: $0.count + $0.missing)
            }
        }
        guard isWeighted else { return share }
        return share?.scaled(to: measure == .outOfRange ? effectiveCount(of: column) : effectiveCount)
    }
}
