package import Statistics

/// A share of a window's rows beside the reference's.
package struct QualityComparison: Hashable, Sendable {
    /// The window's rows with the fault.
    package let window: RowShare
    /// The reference's, nil without a reference; for unseen categories those that its singletons let expect.
    package let reference: RowShare?
    /// What unseen rows are tested against, for that measure.
    private let unseen: UnseenShare?

    /// A share that is tested against another.
    init(window: RowShare, reference: RowShare?) {
        self.window = window
        self.reference = reference
        unseen = nil
    }

    /// Unseen rows, tested against what the reference lets expect.
    init(window: RowShare, unseen: UnseenShare) {
        self.window = window
        reference = RowShare(unseen.singletons, of: unseen.rows)
        self.unseen = unseen
    }

    /// The probability of a share that differs at least as much without any change; nil without rows on both sides.
    package var pValue: Double? {
        if let unseen { return unseen.pValue(window: window) }
        return reference.flatMap { ShareTest.pValue(reference: $0, window: window) }
    }

    /// The shares beyond which a window of as many rows differs at a level; nil without rows on both sides.
    package func critical(level: Double) -> ShareTest.Critical? {
        guard let reference else { return nil }
        if let unseen {
            return ShareTest.Critical(low: nil, high: unseen.critical(rows: window.whole, level: level))
        }
        return ShareTest.critical(reference: reference, rows: window.whole, level: level)
    }
}

extension WindowSummary {
    /// A share of a column's rows beside the reference's; nil where columns of its kind do not have it, or there are no rows.
    package func quality(_ measure: QualityMeasure, column: ColumnName) -> QualityComparison? {
        guard let kind = kind(of: column), measure.isDefined(for: kind) else { return nil }
        if measure == .unseen { return unseenComparison(column) }
        guard let window = reading.share(measure, column, kind), window.whole > 0 else { return nil }
        let side = referenceReading.flatMap { $0.pane.has(column) ? $0.share(measure, column, kind) : nil }
        return QualityComparison(window: window, reference: side)
    }

    private func unseenComparison(_ column: ColumnName) -> QualityComparison? {
        guard let unseen = unseen(column), let reference = referenceReading?.categorical(column) else { return nil }
        let window = RowShare(unseen, of: categorical(column).count)
        return window.whole > 0 ? QualityComparison(window: window, unseen: UnseenShare(reference: reference)) : nil
    }
}

extension PaneReading {
    fileprivate func share(_ measure: QualityMeasure, _ column: ColumnName, _ kind: FeatureKind) -> RowShare? {
        switch (measure, kind) {
        case (.missing, .numeric):
            return pane.numeric[column].map { RowShare($0.missing, of: $0.count + $0.missing) }
        case (.missing, .categorical):
            return pane.categorical[column].map { RowShare($0.missing, of: $0.count + $0.missing) }
        case (.typeErrors, .numeric):
            return pane.numeric[column].map { RowShare($0.typeErrors, of: $0.count + $0.missing) }
        case (.typeErrors, .categorical):
            return pane.categorical[column].map { RowShare($0.typeErrors, of: $0.count + $0.missing) }
        case (.outOfRange, _): return pane.numeric[column].map { RowShare($0.outOfRange, of: $0.count) }
        case (.unseen, _): return nil
        }
    }
}
