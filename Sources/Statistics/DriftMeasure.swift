/// The measures of drift by their names in rules, series and the interface.
package enum DriftMeasure: String, Hashable, CaseIterable, Sendable {
    case ks
    case ksPValue = "ks_p_value"
    case psi
    case jsDistance = "js_distance"
    case hellinger
    case totalVariation = "total_variation"
    case wasserstein
    case chi2
    case chi2PValue = "chi2_p_value"
    case lInfinity = "l_infinity"

    /// Whether it is defined for numeric columns.
    package var isNumeric: Bool {
        switch self {
        case .ks, .ksPValue, .psi, .jsDistance, .hellinger, .totalVariation, .wasserstein: true
        case .chi2, .chi2PValue, .lInfinity: false
        }
    }

    /// Whether it is defined for categorical columns.
    package var isCategorical: Bool {
        switch self {
        case .psi, .jsDistance, .hellinger, .totalVariation, .chi2, .chi2PValue, .lInfinity: true
        case .ks, .ksPValue, .wasserstein: false
        }
    }

    /// Whether small values mean drift, as with p-values.
    package var isProbability: Bool { self == .ksPValue || self == .chi2PValue }
}
