package import Statistics

/// Everything that one column of a window differs in from its reference.
package enum DriftReading: Sendable {
    case numeric(NumericDrift)
    case categorical(CategoricalDrift)

    /// The decile bins of a numeric column.
    package func bins(_ closing: BinClosing) -> DecileBins? {
        guard case .numeric(let sides) = self else { return nil }
        return sides.bins(closing)
    }

    /// The categories of a categorical column.
    package var table: CategoryTable? {
        guard case .categorical(let sides) = self else { return nil }
        return sides.table
    }

    /// A measure with all that belongs to it; nil where it is undefined or not of the column's kind.
    package func value(_ measure: Measure, _ method: DriftMethod) -> DriftValue? {
        switch self {
        case .numeric(let sides): sides.value(measure, method)
        case .categorical(let sides): sides.value(measure, method)
        }
    }
}
