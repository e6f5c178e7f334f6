/// The measures of drift by their names in rules, series and the interface.
package enum DriftMeasure: String, Hashable, CaseIterable, Sendable {
    case ks
    case ksPValue = "ks_p_value"
    case ksExactPValue = "ks_p_value_exact"
    case psi
    case kl
    case klReverse = "kl_reverse"
    case jsDistance = "js_distance"
    case hellinger
    case totalVariation = "total_variation"
    case wasserstein
    case energy
    case cramerVonMises = "cramer_von_mises"
    case cramerVonMisesPValue = "cramer_von_mises_p_value"
    case andersonDarling = "anderson_darling"
    case andersonDarlingPValue = "anderson_darling_p_value"
    case meanShift = "mean_shift"
    case meanShiftPValue = "mean_shift_p_value"
    case spreadShift = "spread_shift"
    case spreadShiftPValue = "spread_shift_p_value"
    case chi2
    case chi2PValue = "chi2_p_value"
    case g
    case gPValue = "g_p_value"
    case cramersV = "cramers_v"
    case lInfinity = "l_infinity"

    /// Whether it is defined for numeric columns.
    package var isNumeric: Bool {
        switch self {
        case .chi2, .chi2PValue, .g, .gPValue, .cramersV, .lInfinity: false
        default: true
        }
    }

    /// Whether it is defined for categorical columns.
    package var isCategorical: Bool {
        switch self {
        case .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation: true
        default: !isNumeric
        }
    }

    /// Whether small values mean drift, as with p-values.
    package var isProbability: Bool { statistic != self }

    /// Whether values on both sides of 0 mean drift.
    package var isSigned: Bool { self == .meanShift || self == .spreadShift }

    /// The measure whose p-value this is; itself where it is none.
    package var statistic: DriftMeasure {
        switch self {
        case .ksPValue, .ksExactPValue: .ks
        case .cramerVonMisesPValue: .cramerVonMises
        case .andersonDarlingPValue: .andersonDarling
        case .meanShiftPValue: .meanShift
        case .spreadShiftPValue: .spreadShift
        case .chi2PValue: .chi2
        case .gPValue: .g
        default: self
        }
    }

    /// The name of its definition, where it has one alone; nil where several can be asked for.
    ///
    /// A name stands for a formula for ever: another formula gets another name.
    package var method: String? {
        switch statistic {
        case .ks: "two-sample/finite-n"
        case .wasserstein: "order1/grid"
        case .energy: "root/grid"
        case .cramerVonMises: "midrank/asymptotic"
        case .andersonDarling: "midrank/scholz-stephens"
        case .meanShift: "glass-delta/welch"
        case .spreadShift: "log-ratio/brown-forsythe"
        case .chi2: "pearson/uncorrected"
        case .g: "log-likelihood/uncorrected"
        case .cramersV: "bias-corrected/bergsma"
        case .lInfinity: "shares"
        default: nil
        }
    }
}
