package import Statistics

/// Why two versions are not compared in something.
extension VersionPairs {
    /// Why it is not told on how many rows both predict the same.
    package var agreementGap: NullReason { ids == 0 ? .noPairs : .noPredictions }

    /// Why it is not told which one is right more often.
    package var accuracyGap: NullReason { labelGap ?? .noPredictions }

    /// Why their areas under the ROC curve are not compared.
    package var areaGap: NullReason {
        labelGap ?? (classes == 0 ? .noScores : classes == 1 ? .oneClass : .insufficient)
    }

    /// Why losses of their scores are not compared.
    package var lossGap: NullReason { labelGap ?? (classes == 0 ? .noScores : .scoresOutside) }

    /// Why errors of their predictions are not compared.
    package func errorGap(_ means: PairedMeans) -> NullReason {
        labelGap ?? (means.count == 0 ? .noPredictions : .tooLarge)
    }

    private var labelGap: NullReason? {
        if ids == 0 { return .noPairs }
        return labelled == 0 ? .noLabels : nil
    }
}
