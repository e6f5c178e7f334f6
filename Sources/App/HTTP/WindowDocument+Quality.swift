import JSON
import Monitoring
import Statistics

/// The quality of a window's data: what is missing, broken, new or repeated, and how much came.
extension WindowDocument {
    /// Writes how many rows repeat another one, how many were expected, and how long ago the newest came.
    func writeVolume(to object: inout JSONWriter) {
        object.member("duplicate_ratio", summary.duplicates?.ratio, or: summary.duplicateGap)
        if let bound = summary.duplicates?.errorBound, bound > 0 { object.member("duplicate_ratio_error_bound", bound) }
        object.object("duplicates") { part in
            let verdict = summary.duplicateVerdict
            part.member("ratio", summary.duplicates?.ratio, or: summary.duplicateGap)
            part.member(
                "reference_ratio", summary.referenceDuplicates?.ratio, or: summary.referenceDuplicateGap)
            part.member("p_value", summary.value(of: .duplicateRatioPValue), or: summary.duplicateTestGap)
            part.member("threshold", verdict.threshold, or: verdict.gap ?? .insufficient)
            part.member("drifted", verdict.isDrifted, or: verdict.gap ?? .insufficient)
            if let gap = verdict.gap { part.member("reason", gap.rawValue) }
        }
        object.member("freshness_seconds", summary.value(of: .freshnessSeconds), or: .noRows)
        guard let volume = summary.volume else { return object.null("volume", summary.volumeGap) }
        object.object("volume") { part in
            part.member("weeks", volume.pattern?.weeks.count ?? 0)
            part.member("expected", summary.value(of: .volumeExpected), or: summary.volumeGap)
            part.member("ratio", summary.value(of: .volumeRatio), or: summary.volumeGap)
            part.member("p_value", summary.value(of: .volumePValue), or: summary.volumeGap)
        }
    }

    /// Writes how many distinct values a column has.
    func writeDistinct(_ column: ColumnName, to object: inout JSONWriter) {
        let distinct = summary.distinctCount(column)
        object.member("distinct", distinct?.value, or: summary.countGap)
        if let bound = distinct?.errorBound, bound > 0 { object.member("distinct_error_bound", bound) }
    }

    /// Writes the shares of a column's rows that are compared with the reference's.
    func writeQuality(_ column: ColumnName, to object: inout JSONWriter) {
        for measure in QualityMeasure.allCases {
            guard let kind = summary.kind(of: column), measure.isDefined(for: kind) else { continue }
            object.object(measure.rawValue) { part in
                let verdict = quality.verdict(measure, column: column)
                part.member(
                    "ratio", summary.value(of: measure.ratio, column: column), or: summary.ratioGap(measure, column))
                part.member(
                    "reference_ratio", verdict.comparison?.reference?.value, or: summary.comparisonGap(column))
                part.member("p_value", verdict.pValue, or: summary.comparisonGap(column))
                part.member("threshold", verdict.critical?.high, or: verdict.gap ?? .insufficient)
                if measure.isTwoSided {
                    part.member("threshold_low", verdict.critical?.low, or: verdict.gap ?? .insufficient)
                }
                part.member("drifted", verdict.isDrifted, or: verdict.gap ?? .insufficient)
                if let gap = verdict.gap { part.member("reason", gap.rawValue) }
            }
        }
    }
}
