package import Statistics

/// The names that series, rules and readers use for values of a window.
package enum Measure: String, CaseIterable, Sendable {
    /// The two-sample Kolmogorov-Smirnov statistic.
    case ks
    /// The p-value of `ks`.
    case ksPValue = "ks_p_value"
    /// The p-value of `ks` by the exact law of small samples.
    case ksExactPValue = "ks_p_value_exact"
    /// The population stability index.
    case psi
    /// The Kullback-Leibler divergence of the window from the reference.
    case kl
    /// The Kullback-Leibler divergence of the reference from the window.
    case klReverse = "kl_reverse"
    /// The Jensen-Shannon distance to base 2.
    case jsDistance = "js_distance"
    /// The Hellinger distance.
    case hellinger
    /// The total variation distance.
    case totalVariation = "total_variation"
    /// The Wasserstein-1 distance in the unit of the feature.
    case wasserstein
    /// The energy distance in the root of the feature's unit.
    case energy
    /// The two-sample Cramer-von Mises statistic.
    case cramerVonMises = "cramer_von_mises"
    /// The p-value of `cramer_von_mises`.
    case cramerVonMisesPValue = "cramer_von_mises_p_value"
    /// The standardised two-sample Anderson-Darling statistic.
    case andersonDarling = "anderson_darling"
    /// The p-value of `anderson_darling`, between 0.001 and 0.25.
    case andersonDarlingPValue = "anderson_darling_p_value"
    /// The shift of the mean in standard deviations of the reference.
    case meanShift = "mean_shift"
    /// The p-value of `mean_shift`.
    case meanShiftPValue = "mean_shift_p_value"
    /// The logarithm of the ratio of standard deviations, window by reference.
    case spreadShift = "spread_shift"
    /// The p-value of `spread_shift`.
    case spreadShiftPValue = "spread_shift_p_value"
    /// The chi-squared statistic of homogeneity.
    case chi2
    /// The p-value of `chi2`.
    case chi2PValue = "chi2_p_value"
    /// The likelihood-ratio statistic of homogeneity.
    case g
    /// The p-value of `g`.
    case gPValue = "g_p_value"
    /// Cramer's V between side and category, corrected for bias.
    case cramersV = "cramers_v"
    /// The largest difference of shares of a category.
    case lInfinity = "l_infinity"

    /// Values that are not null.
    case count
    /// Distinct values.
    case distinct
    /// The mean.
    case mean
    /// The standard deviation with ddof 0.
    case std
    /// The least value.
    case min
    /// The greatest value.
    case max
    /// Nulls, whatever the reason.
    case missing
    /// Nulls by rows.
    case missingRatio = "missing_ratio"
    /// Values of categories that the reference does not have.
    case unseen
    /// `unseen` by `count`.
    case unseenRatio = "unseen_ratio"
    /// Nulls that stand for a value of the wrong type.
    case typeErrors = "type_errors"
    /// `type_errors` by rows.
    case typeErrorRatio = "type_error_ratio"
    /// Values outside the declared range.
    case outOfRange = "out_of_range"
    /// `out_of_range` by `count`.
    case outOfRangeRatio = "out_of_range_ratio"
    /// The p-value of `missing_ratio` against the reference's.
    case missingRatioPValue = "missing_ratio_p_value"
    /// The p-value of `type_error_ratio` against the reference's.
    case typeErrorRatioPValue = "type_error_ratio_p_value"
    /// The p-value of `out_of_range_ratio` against the reference's.
    case outOfRangeRatioPValue = "out_of_range_ratio_p_value"
    /// The p-value of `unseen_ratio` against what the reference lets expect.
    case unseenRatioPValue = "unseen_ratio_p_value"

    /// Rows.
    case predictions
    /// The share of rows whose features repeat another row's: rows that are not the first of their content, by rows.
    case duplicateRatio = "duplicate_ratio"
    /// The p-value of `duplicate_ratio` against the reference's, one-sided.
    case duplicateRatioPValue = "duplicate_ratio_p_value"
    /// How many rows the same stretch of earlier weeks lets expect.
    case volumeExpected = "volume_expected"
    /// `predictions` by `volume_expected`.
    case volumeRatio = "volume_ratio"
    /// The p-value of `predictions` against the same stretch of earlier weeks.
    case volumePValue = "volume_p_value"
    /// Seconds from the newest event to the window's end.
    case freshnessSeconds = "freshness_seconds"
    /// Rows with undeclared features.
    case undeclared
    /// Rows with a label.
    case labels
    /// `labels` by `predictions`.
    case labelCoverage = "label_coverage"
    /// Labels that a later one replaced.
    case corrections

    /// The share of labelled rows whose class was predicted rightly.
    case accuracy
    /// The precision of the positive class.
    case precision
    /// The recall of the positive class.
    case recall
    /// The F1 of the positive class.
    case f1
    /// The mean precision of all classes.
    case precisionMacro = "precision_macro"
    /// The mean recall of all classes.
    case recallMacro = "recall_macro"
    /// The mean F1 of all classes.
    case f1Macro = "f1_macro"
    /// The precision of all rows taken together.
    case precisionMicro = "precision_micro"
    /// The recall of all rows taken together.
    case recallMicro = "recall_micro"
    /// The F1 of all rows taken together.
    case f1Micro = "f1_micro"
    /// The mean precision of classes weighted by how often each is true.
    case precisionWeighted = "precision_weighted"
    /// The mean recall of classes weighted by how often each is true.
    case recallWeighted = "recall_weighted"
    /// The mean F1 of classes weighted by how often each is true.
    case f1Weighted = "f1_weighted"
    /// The area under the ROC curve.
    case rocAUC = "roc_auc"
    /// The mean negative log-likelihood of the labels.
    case logLoss = "log_loss"
    /// The mean squared distance of score and label.
    case brier
    /// The mean absolute error.
    case mae
    /// The root of the mean squared error.
    case rmse
    /// The share of variance explained.
    case r2
    /// The mean of prediction minus actual.
    case bias
    /// The mean recall of the classes that occur.
    case balancedAccuracy = "balanced_accuracy"
    /// Matthews' correlation, for any number of classes.
    case mcc
    /// Cohen's kappa.
    case kappa
    /// The true negative rate of the positive class.
    case specificity
    /// The false positive rate of the positive class.
    case fpr
    /// The false negative rate of the positive class.
    case fnr
    /// The share of labelled rows that were predicted positive.
    case positiveRate = "positive_rate"
    /// The share of labelled rows that are positive.
    case prevalence
    /// The average precision, the area under the precision-recall curve.
    case prAUC = "pr_auc"
    /// The expected calibration error over ten bins of equal width.
    case calibrationError = "calibration_error"
    /// The share of rows whose true class has the highest score.
    case accuracyAt1 = "accuracy_at_1"
    /// The share of rows whose true class has one of the two highest scores.
    case accuracyAt2 = "accuracy_at_2"
    /// The share of rows whose true class has one of the three highest scores.
    case accuracyAt3 = "accuracy_at_3"
    /// The share of rows whose true class has one of the four highest scores.
    case accuracyAt4 = "accuracy_at_4"
    /// The share of rows whose true class has one of the five highest scores.
    case accuracyAt5 = "accuracy_at_5"
    /// The share of rows whose true class has one of the six highest scores.
    case accuracyAt6 = "accuracy_at_6"
    /// The share of rows whose true class has one of the seven highest scores.
    case accuracyAt7 = "accuracy_at_7"
    /// The share of rows whose true class has one of the eight highest scores.
    case accuracyAt8 = "accuracy_at_8"
    /// The share of rows whose true class has one of the nine highest scores.
    case accuracyAt9 = "accuracy_at_9"
    /// The share of rows whose true class has one of the ten highest scores.
    case accuracyAt10 = "accuracy_at_10"
    /// The mean over classes of the area under the ROC curve of each against the rest.
    case rocAUCMacro = "roc_auc_macro"
    /// The same mean, weighted by how often each class is true.
    case rocAUCWeighted = "roc_auc_weighted"
    /// The mean over classes of the average precision of each against the rest.
    case prAUCMacro = "pr_auc_macro"
    /// The same mean, weighted by how often each class is true.
    case prAUCWeighted = "pr_auc_weighted"
    /// The root of the mean squared difference of logarithms.
    case rmsle
    /// The mean relative error, a fraction.
    case mape
    /// The mean pinball loss of the model's quantile.
    case pinball

    /// The time in seconds within which half of the labels became known.
    case labelLagP50 = "label_lag_p50"
    /// The time in seconds within which nine in ten labels became known.
    case labelLagP90 = "label_lag_p90"
    /// 1 where labels can be trusted to speak for the window, else 0.
    case labelMaturity = "label_maturity"
    /// The accuracy of all rows, from that of the labelled ones of the same scores.
    case accuracyCorrected = "accuracy_corrected"
    /// The accuracy that is expected without labels.
    case estimatedAccuracy = "estimated_accuracy"
    /// The precision that is expected without labels.
    case estimatedPrecision = "estimated_precision"
    /// The recall that is expected without labels.
    case estimatedRecall = "estimated_recall"
    /// The F1 that is expected without labels.
    case estimatedF1 = "estimated_f1"
    /// The specificity that is expected without labels.
    case estimatedSpecificity = "estimated_specificity"
    /// The area under the ROC curve that is expected without labels.
    case estimatedROCAUC = "estimated_roc_auc"
    /// The average precision that is expected without labels.
    case estimatedPRAUC = "estimated_pr_auc"
    /// The mean precision of all classes that is expected without labels.
    case estimatedPrecisionMacro = "estimated_precision_macro"
    /// The mean recall of all classes that is expected without labels.
    case estimatedRecallMacro = "estimated_recall_macro"
    /// The mean F1 of all classes that is expected without labels.
    case estimatedF1Macro = "estimated_f1_macro"
    /// The mean area under the ROC curve of all classes that is expected without labels.
    case estimatedROCAUCMacro = "estimated_roc_auc_macro"
    /// The mean average precision of all classes that is expected without labels.
    case estimatedPRAUCMacro = "estimated_pr_auc_macro"
    /// The expected minus the true accuracy of the labelled rows.
    case estimateError = "estimate_error"
    /// 1 where the true accuracy of the labelled rows lies in the interval that was expected, else 0.
    case estimateTrust = "estimate_trust"

    /// How far apart groups are in the share of positive predictions.
    case fairnessDemographicParity = "fairness_demographic_parity"
    /// The p-value of `fairness_demographic_parity`.
    case fairnessDemographicParityPValue = "fairness_demographic_parity_p_value"
    /// How far apart groups are in the true positive rate.
    case fairnessEqualOpportunity = "fairness_equal_opportunity"
    /// The p-value of `fairness_equal_opportunity`.
    case fairnessEqualOpportunityPValue = "fairness_equal_opportunity_p_value"
    /// How far apart groups are in the true or the false positive rate.
    case fairnessEqualisedOdds = "fairness_equalised_odds"
    /// The p-value of `fairness_equalised_odds`.
    case fairnessEqualisedOddsPValue = "fairness_equalised_odds_p_value"
    /// How far apart groups are in the precision.
    case fairnessPredictiveParity = "fairness_predictive_parity"
    /// The p-value of `fairness_predictive_parity`.
    case fairnessPredictiveParityPValue = "fairness_predictive_parity_p_value"
    /// How far apart groups are in the accuracy.
    case fairnessAccuracyParity = "fairness_accuracy_parity"
    /// The p-value of `fairness_accuracy_parity`.
    case fairnessAccuracyParityPValue = "fairness_accuracy_parity_p_value"
    /// How far apart groups are in the mean of prediction minus actual.
    case fairnessMeanResidualParity = "fairness_mean_residual_parity"

    /// Whether the value in an empty window is 0 rather than undefined.
    package var isCount: Bool { unit == .count }

    /// Whether the measure is one of rows alone, so that no labels need to be added up.
    package var needsNoLabels: Bool {
        switch self {
        case .predictions, .duplicateRatio, .duplicateRatioPValue, .volumeExpected, .volumeRatio, .volumePValue,
            .freshnessSeconds, .undeclared:
            true
        default: scope.isPerFeature
        }
    }

    /// The same measure as `Statistics` knows it, of those that compare with a reference.
    package var drift: DriftMeasure? { Self.driftMeasures[self] }

    /// Looked up instead of compared as text each time.
    private static let driftMeasures = Dictionary(
        uniqueKeysWithValues: allCases.compactMap { measure in
            DriftMeasure(rawValue: measure.rawValue).map { (measure, $0) }
        })

    /// The measure that a misspelt name was most likely meant to be; nil where none is near.
    package static func nearest(to name: String) -> Self? {
        if let longer = allCases.first(where: { $0.rawValue.utf8.starts(with: (name + "_").utf8) }) { return longer }
        return NearestName.of(name, among: allCases.lazy.map(\.rawValue)).flatMap(Self.init)
    }
}
