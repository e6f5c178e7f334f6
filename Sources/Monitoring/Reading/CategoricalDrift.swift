package import Statistics

/// Reference and window of a categorical column, and what they differ in.
package struct CategoricalDrift: Sendable {
    package let table: CategoryTable

    /// The effective sizes of weighted rows; nil where every row counts as one.
    package let sizes: SampleSizes?

    private let counts: PairedCounts

    /// The counts of both sides; nulls are none of them.
    package init(table: CategoryTable, sizes: SampleSizes? = nil, unit: Int = 1) {
        self.table = table
        self.sizes = sizes
        counts = table.counts.counted(in: unit)
    }

    /// How many values both sides have.
    var rows: SampleSizes {
        SampleSizes(reference: Double(counts.referenceTotal), window: Double(counts.windowTotal))
    }

    /// A measure with all that belongs to it; nil where it is undefined or not of categories.
    package func value(_ measure: Measure, _ method: DriftMethod) -> DriftValue? {
        if let peer = method.peer {
            return (peer == .nannyml ? table.pooledCounts.counted(in: counts.unit) : counts).value(
                measure, method, .categorical)
        }
        switch measure {
        case .chi2:
            return ChiSquared(counts, sizes: sizes).map {
                DriftValue($0.statistic, pValue: $0.pValue, degreesOfFreedom: $0.degreesOfFreedom)
            }
        case .g:
            return GTest(counts, sizes: sizes).map {
                DriftValue($0.statistic, pValue: $0.pValue, degreesOfFreedom: $0.degreesOfFreedom)
            }
        case .cramersV: return CramersV.value(of: counts, sizes: sizes).map { DriftValue($0) }
        case .lInfinity: return LInfinity.distance(of: counts).map { DriftValue($0) }
        case .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation:
            return counts.value(measure, method, .categorical)
        default: return nil
        }
    }
}
