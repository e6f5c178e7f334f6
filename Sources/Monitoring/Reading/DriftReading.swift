package import Statistics

/// Everything that one column of a window differs in from its reference, in the model's own definitions worked out once.
package struct DriftReading: Sendable {
    /// Behind a reference, because all that both sides hold would be copied with every answer.
    private indirect enum Sides: Sendable {
        case numeric(NumericDrift)
        case categorical(CategoricalDrift)
    }

    private let sides: Sides
    private let values: DriftValues

    /// A numeric column with all measures in one definition. O(K).
    init(_ sides: NumericDrift, _ method: DriftMethod) {
        let compared = sides.comparing(method)
        self.sides = .numeric(compared)
        values = DriftValues(method) { $0.isNumeric ? compared.value($1, method) : nil }
    }

    /// A categorical column with all measures in one definition. O(categories).
    init(_ sides: CategoricalDrift, _ method: DriftMethod) {
        self.sides = .categorical(sides)
        values = DriftValues(method) { $0.isCategorical ? sides.value($1, method) : nil }
    }

    /// The decile bins of a numeric column.
    package func bins(_ closing: BinClosing) -> DecileBins? {
        guard case .numeric(let sides) = sides else { return nil }
        return sides.bins(closing)
    }

    /// The categories of a categorical column.
    package var table: CategoryTable? {
        guard case .categorical(let sides) = sides else { return nil }
        return sides.table
    }

    /// A measure with all that belongs to it; nil where it is undefined or not of the column's kind.
    package func value(_ measure: Measure, _ method: DriftMethod) -> DriftValue? {
        if let known = values.value(measure, method) { return known }
        return switch sides {
        case .numeric(let sides): sides.value(measure, method)
        case .categorical(let sides): sides.value(measure, method)
        }
    }

    /// Why a measure has no value.
    package func gap(_ measure: Measure, _ method: DriftMethod) -> NullReason {
        switch sides {
        case .numeric(let sides): sides.gap(measure, method)
        case .categorical(let sides): sides.gap(measure)
        }
    }

    /// Why a measure that has a value has no p-value.
    package var pValueGap: NullReason {
        let sizes =
            switch sides {
            case .numeric(let sides):
                sides.sizes
                    ?? SampleSizes(reference: Double(sides.reference.count), window: Double(sides.window.count))
            case .categorical(let sides): sides.sizes ?? sides.rows
            }
        return sizes.reference > 1 && sizes.window > 1 ? .undefined : .insufficient
    }

    /// Why a distance is not given in standard deviations of the reference.
    package var normalisedGap: NullReason {
        guard case .numeric(let sides) = sides, sides.reference.moments.std == 0 else { return .tooLarge }
        return .oneValue
    }
}
