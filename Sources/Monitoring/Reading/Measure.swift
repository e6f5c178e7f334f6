package import Statistics

/// The names that series, rules and readers use for values of a window.
package enum Measure: String, CaseIterable, Sendable {
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

    case count
    case mean
    case std
    case min
    case max
    case missing
    case missingRatio = "missing_ratio"
    case unseen
    case unseenRatio = "unseen_ratio"
    case typeErrors = "type_errors"
    case typeErrorRatio = "type_error_ratio"
    case outOfRange = "out_of_range"
    case outOfRangeRatio = "out_of_range_ratio"

    case predictions
    case undeclared
    case labels
    case labelCoverage = "label_coverage"
    case corrections

    case accuracy
    case precision
    case recall
    case f1
    case precisionMacro = "precision_macro"
    case recallMacro = "recall_macro"
    case f1Macro = "f1_macro"
    case precisionMicro = "precision_micro"
    case recallMicro = "recall_micro"
    case f1Micro = "f1_micro"
    case precisionWeighted = "precision_weighted"
    case recallWeighted = "recall_weighted"
    case f1Weighted = "f1_weighted"
    case rocAUC = "roc_auc"
    case logLoss = "log_loss"
    case brier
    case mae
    case rmse
    case r2
    case bias

    /// What the measure is a measure of.
    package var scope: MeasureScope {
        switch self {
        case .ks, .ksPValue, .psi, .jsDistance, .hellinger, .totalVariation, .wasserstein, .chi2, .chi2PValue,
            .lInfinity:
            .drift
        case .count, .mean, .std, .min, .max, .missing, .missingRatio, .unseen, .unseenRatio, .typeErrors,
            .typeErrorRatio, .outOfRange, .outOfRangeRatio:
            .quality
        case .predictions, .undeclared, .labels, .labelCoverage, .corrections: .volume
        case .accuracy, .precision, .recall, .f1, .precisionMacro, .recallMacro, .f1Macro, .precisionMicro, .recallMicro,
            .f1Micro, .precisionWeighted, .recallWeighted, .f1Weighted, .rocAUC, .logLoss, .brier, .mae, .rmse, .r2, .bias:
            .performance
        }
    }

    /// What the number is.
    package var unit: MeasureUnit {
        switch self {
        case .ksPValue, .chi2PValue: .probability
        case .ks, .psi, .jsDistance, .hellinger, .totalVariation, .chi2, .lInfinity, .logLoss, .brier, .r2: .statistic
        case .wasserstein, .mean, .std, .min, .max, .mae, .rmse, .bias: .same
        case .count, .missing, .unseen, .typeErrors, .outOfRange, .predictions, .undeclared, .labels, .corrections:
            .count
        case .missingRatio, .unseenRatio, .typeErrorRatio, .outOfRangeRatio, .labelCoverage, .accuracy, .precision, .recall,
            .f1, .precisionMacro, .recallMacro, .f1Macro, .precisionMicro, .recallMicro, .f1Micro, .precisionWeighted,
            .recallWeighted, .f1Weighted, .rocAUC:
            .ratio
        }
    }

    /// Whether the value in an empty window is 0 rather than undefined.
    package var isCount: Bool { unit == .count }

    /// Whether `known_at=end` makes a difference and is answered: counts of labels, confusion and residual measures.
    package var dependsOnLabelTimes: Bool {
        switch self {
        case .labels, .labelCoverage, .corrections: true
        case .rocAUC, .logLoss, .brier: false
        default: scope == .performance
        }
    }

    /// The same measure as `Statistics` knows it, of those that compare with a reference.
    package var drift: DriftMeasure? { DriftMeasure(rawValue: rawValue) }

    /// The name of the measure that a misspelt name was most likely meant to be; nil where none is near.
    package static func nearest(to name: String) -> Self? {
        let wanted = Array(name.utf8.prefix(64))
        if let longer = allCases.first(where: { $0.rawValue.utf8.starts(with: (name + "_").utf8) }) { return longer }
        let distances = allCases.map { (measure: $0, edits: editDistance(wanted, Array($0.rawValue.utf8))) }
        guard let best = distances.min(by: { $0.edits < $1.edits }) else { return nil }
        return best.edits <= Swift.max(2, best.measure.rawValue.utf8.count / 3) ? best.measure : nil
    }

    /// How many insertions, deletions and replacements of bytes turn one text into the other (Levenshtein).
    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (byte == other ? 0 : 1)
                current.append(Swift.min(replaced, previous[column + 1] + 1, current[column] + 1))
            }
            previous = current
        }
        return previous[right.count]
    }
}
