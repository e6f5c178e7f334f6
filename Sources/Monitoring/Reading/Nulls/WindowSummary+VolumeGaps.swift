import Statistics

/// Why a window does not tell how many rows came, which repeat others, and when labels came.
extension WindowSummary {
    /// Why the share of repeated rows is not known.
    package var duplicateGap: NullReason {
        if predictions == 0 { return .noRows }
        return schema.features.isEmpty ? .noFeatures : countGap
    }

    /// Why the share of the reference's repeated rows is not known.
    package var referenceDuplicateGap: NullReason {
        guard let reference else { return .noReference }
        if reference.pane.predictions == 0 { return .emptyReference }
        return schema.features.isEmpty ? .noFeatures : .notCounted
    }

    /// Why repeated rows are not tested.
    package var duplicateTestGap: NullReason {
        if duplicates == nil { return duplicateGap }
        return referenceDuplicates == nil ? referenceDuplicateGap : .insufficient
    }

    /// Why the number of rows is not compared with earlier weeks: none are kept, they are too few, or nothing is expected.
    package var volumeGap: NullReason {
        guard let volume else { return .notWatched }
        return volume.pattern == nil ? .fewWeeks : .undefined
    }

    /// Why it is not told how long labels took.
    package var labelLagGap: NullReason { isKnownAtEnd ? .notAtEnd : .noLabels }

    /// Why it is not told whether labels can be trusted to speak for the window.
    package var maturityGap: NullReason { isKnownAtEnd ? .notAtEnd : .noRows }
}
