/// A share of a column's rows that is compared with the reference's: how broken input shows as drift.
package enum QualityMeasure: String, CaseIterable, Sendable {
    /// Nulls by rows.
    case missing
    /// Values of the wrong type by rows.
    case typeErrors = "type_errors"
    /// Values outside the declared range by values.
    case outOfRange = "out_of_range"
    /// Values of categories that the reference does not have by values.
    case unseen

    /// The share as a measure.
    package var ratio: Measure {
        switch self {
        case .missing: .missingRatio
        case .typeErrors: .typeErrorRatio
        case .outOfRange: .outOfRangeRatio
        case .unseen: .unseenRatio
        }
    }

    /// The p-value of the share as a measure.
    package var pValue: Measure {
        switch self {
        case .missing: .missingRatioPValue
        case .typeErrors: .typeErrorRatioPValue
        case .outOfRange: .outOfRangeRatioPValue
        case .unseen: .unseenRatioPValue
        }
    }

    /// The comparison that a measure is the share of; nil for any other measure.
    package init?(ratio: Measure) {
        guard let found = Self.allCases.first(where: { $0.ratio == ratio }) else { return nil }
        self = found
    }

    /// The comparison that a measure is the p-value of; nil for any other measure.
    package init?(pValue: Measure) {
        guard let found = Self.allCases.first(where: { $0.pValue == pValue }) else { return nil }
        self = found
    }

    /// Whether a share that falls is told as well.
    package var isTwoSided: Bool { self != .unseen }

    /// Whether columns of a kind have it.
    package func isDefined(for kind: FeatureKind) -> Bool {
        switch self {
        case .missing, .typeErrors: true
        case .outOfRange: kind == .numeric
        case .unseen: kind == .categorical
        }
    }
}
