extension Measure {
    /// What the measure is a measure of.
    package var scope: MeasureScope {
        switch self {
        case .ks, .ksPValue, .ksExactPValue, .psi, .kl, .klReverse, .jsDistance, .hellinger, .totalVariation,
            .wasserstein,
            .energy, .cramerVonMises, .cramerVonMisesPValue, .andersonDarling, .andersonDarlingPValue, .meanShift,
            .meanShiftPValue, .spreadShift, .spreadShiftPValue, .chi2, .chi2PValue, .g, .gPValue, .cramersV, .lInfinity,
            .missingRatioPValue, .typeErrorRatioPValue, .outOfRangeRatioPValue, .unseenRatioPValue:
            .drift
        case .count, .distinct, .mean, .std, .min, .max, .missing, .missingRatio, .unseen, .unseenRatio, .typeErrors,
            .typeErrorRatio, .outOfRange, .outOfRangeRatio:
            .quality
        case .predictions, .duplicateRatio, .duplicateRatioPValue, .volumeExpected, .volumeRatio, .volumePValue,
            .freshnessSeconds, .undeclared, .labels, .labelCoverage, .corrections:
            .volume
        case .labelLagP50, .labelLagP90, .labelMaturity, .accuracyCorrected, .estimatedAccuracy, .estimatedPrecision,
            .estimatedRecall, .estimatedF1, .estimatedSpecificity, .estimatedROCAUC, .estimatedPRAUC,
            .estimatedPrecisionMacro, .estimatedRecallMacro,
            .estimatedF1Macro, .estimatedROCAUCMacro, .estimatedPRAUCMacro, .estimateError,
            .estimateTrust:
            .estimate
        case .accuracy, .precision, .recall, .f1, .precisionMacro, .recallMacro, .f1Macro, .precisionMicro,
            .recallMicro,
            .f1Micro, .precisionWeighted, .recallWeighted, .f1Weighted, .rocAUC, .logLoss, .brier, .mae, .rmse, .r2,
            .bias, .balancedAccuracy, .mcc, .kappa, .specificity, .fpr, .fnr, .positiveRate, .prevalence, .prAUC,
            .calibrationError, .accuracyAt1, .accuracyAt2, .accuracyAt3, .accuracyAt4, .accuracyAt5, .accuracyAt6,
            .accuracyAt7, .accuracyAt8,
            .accuracyAt9, .accuracyAt10, .rocAUCMacro, .rocAUCWeighted, .prAUCMacro, .prAUCWeighted, .rmsle, .mape,
            .pinball:
            .performance
        case .fairnessDemographicParity, .fairnessEqualOpportunity, .fairnessEqualisedOdds, .fairnessPredictiveParity,
            .fairnessAccuracyParity,
            .fairnessDemographicParityPValue, .fairnessEqualOpportunityPValue, .fairnessEqualisedOddsPValue,
            .fairnessPredictiveParityPValue, .fairnessAccuracyParityPValue, .fairnessMeanResidualParity:
            .fairness
        }
    }

    /// What the number is.
    package var unit: MeasureUnit {
        switch self {
        case .ksPValue, .ksExactPValue, .cramerVonMisesPValue, .andersonDarlingPValue, .meanShiftPValue,
            .spreadShiftPValue,
            .chi2PValue, .gPValue, .missingRatioPValue, .typeErrorRatioPValue, .outOfRangeRatioPValue,
            .unseenRatioPValue, .duplicateRatioPValue, .volumePValue, .fairnessDemographicParityPValue,
            .fairnessEqualOpportunityPValue,
            .fairnessEqualisedOddsPValue, .fairnessPredictiveParityPValue, .fairnessAccuracyParityPValue:
            .probability
        case .kl, .klReverse, .energy, .cramerVonMises, .andersonDarling, .meanShift, .spreadShift, .g, .cramersV,
            .ks, .psi, .jsDistance, .hellinger, .totalVariation, .chi2, .lInfinity, .logLoss, .brier, .r2,
            .volumeExpected, .volumeRatio, .fairnessDemographicParity, .fairnessEqualOpportunity,
            .fairnessEqualisedOdds, .fairnessPredictiveParity, .fairnessAccuracyParity, .mcc, .kappa, .calibrationError,
            .rmsle, .mape, .estimateError:
            .statistic
        case .freshnessSeconds, .labelLagP50, .labelLagP90: .seconds
        case .wasserstein, .mean, .std, .min, .max, .mae, .rmse, .bias, .pinball, .fairnessMeanResidualParity: .same
        case .count, .distinct, .missing, .unseen, .typeErrors, .outOfRange, .predictions, .undeclared, .labels,
            .corrections:
            .count
        case .missingRatio, .unseenRatio, .typeErrorRatio, .outOfRangeRatio, .duplicateRatio, .labelCoverage, .accuracy,
            .precision,
            .recall,
            .f1, .precisionMacro, .recallMacro, .f1Macro, .precisionMicro, .recallMicro, .f1Micro, .precisionWeighted,
            .recallWeighted, .f1Weighted, .rocAUC, .balancedAccuracy, .specificity, .fpr, .fnr, .positiveRate,
            .prevalence, .prAUC, .accuracyAt1, .accuracyAt2, .accuracyAt3, .accuracyAt4, .accuracyAt5, .accuracyAt6,
            .accuracyAt7, .accuracyAt8,
            .accuracyAt9, .accuracyAt10, .rocAUCMacro, .rocAUCWeighted, .prAUCMacro, .prAUCWeighted, .labelMaturity,
            .accuracyCorrected, .estimatedAccuracy,
            .estimatedPrecision, .estimatedRecall, .estimatedF1, .estimatedSpecificity, .estimatedROCAUC,
            .estimatedPRAUC, .estimatedPrecisionMacro, .estimatedRecallMacro,
            .estimatedF1Macro, .estimatedROCAUCMacro, .estimatedPRAUCMacro, .estimateTrust:
            .ratio
        }
    }
}
