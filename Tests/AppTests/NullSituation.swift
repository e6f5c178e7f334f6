import Testing

/// A model with rows of one hour and what is to be told of them.
struct NullSituation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var task = "binary"
    /// The rows of the reference; none for no reference.
    var reference = ordinary(200, from: 1000)
    /// The rows of the window, and their labels.
    var rows: [String] = []
    var labels: [String] = []
    /// Why members are null, by path, in the document of that hour.
    var expected: [String: String] = [:]

    /// One row; `time` is left out of those of a reference.
    static func row(
        _ index: Int, x: String, k: String = "3", c: String = "\"a\"", output: String, extra: String = "",
        isReference: Bool = false
    ) -> String {
        let minute = index / 6 % 60
        let head =
            isReference
            ? ""
            : #""prediction_id":"p\#(index)","timestamp":"2026-02-01T05:\#(minute < 10 ? "0" : "")\#(minute):00Z","#
                + #""model_version":"\#(index % 2 + 1)","#
        return #"{\#(head)\#(extra)\#(output)"features":{"x":\#(x),"k":\#(k),"n":null,"c":\#(c),"t":"","v":[0,0]}}"#
    }

    /// The output of a binary model.
    static func scored(_ index: Int) -> String {
        #""prediction":"\#(index % 10 < 5 ? 0 : 1)","score":0.\#(index % 10),"#
    }

    static func ordinary(_ count: Int, from start: Int = 0, extra: (Int) -> String = { _ in "" }) -> [String] {
        (start..<start + count).map { index in
            let actual = start >= 1000 ? #""actual":"\#(index % 7 % 2)","# : ""
            return row(
                index, x: "\(Double(index * 37 % 101) / 10)", c: "\"\("abc".dropFirst(index % 3).prefix(1))\"",
                output: scored(index), extra: actual + extra(index), isReference: start >= 1000)
        }
    }

    static func labels(_ count: Int, at hour: String = "07", _ actual: (Int) -> String) -> [String] {
        (0..<count).map {
            #"{"prediction_id":"p\#($0)","actual":\#(actual($0)),"timestamp":"2026-02-01T\#(hour):00:00Z"}"#
        }
    }

    private static func regression(_ count: Int, isReference: Bool = false) -> [String] {
        (0..<count).map {
            row(
                $0, x: "\($0 % 13)", output: #""prediction":\#($0 % 5),"#,
                extra: isReference ? #""actual":\#($0 % 4),"# : "", isReference: isReference)
        }
    }

    private static func classes(_ count: Int, isReference: Bool = false) -> [String] {
        (0..<count).map { index in
            let output = #""prediction":"u","scores":{"u":0.5,"v":0.3,"w":0.2},"#
            return row(
                index, x: "\(index % 13)", output: output, extra: isReference ? #""actual":"v","# : "",
                isReference: isReference)
        }
    }

    static let all: [NullSituation] = [
        NullSituation(
            testDescription: "labelled rows, a constant column and one of nulls", rows: ordinary(120),
            labels: labels(120) { "\"\($0 % 3 % 2)\"" },
            expected: [
                "features.n.mean": "no_values", "features.n.quantiles.0.5": "no_values",
                "features.n.drift.ks.value": "empty_reference", "features.k.drift.mean_shift.value": "one_value",
                "features.k.drift.mean_shift.drifted": "one_value", "features.k.drift.spread_shift.value": "one_value",
                "features.k.drift.anderson_darling.value": "one_value",
                "features.k.drift.wasserstein.normalised": "one_value",
                "features.t.derived.digit_ratio.mean": "no_values",
                "features.x.drift.psi:evidently.drifted": "no_law", "volume.expected": "few_weeks",
            ]),
        NullSituation(
            testDescription: "one row", rows: ordinary(1), labels: labels(1) { _ in "\"1\"" },
            expected: [
                "features.x.drift.ks.drifted": "insufficient", "features.x.drift.mean_shift.p_value": "insufficient",
                "features.x.drift.psi:decile-right/none.value": "empty_bin",
                "features.c.drift.psi:none.value": "empty_bin",
                "performance.roc_auc": "one_class",
                "estimated_performance.trusted": "insufficient",
            ]),
        NullSituation(
            testDescription: "no labels", rows: ordinary(60),
            expected: [
                "performance.accuracy": "no_labels", "performance.interval.accuracy": "no_labels",
                "labels_lag": "no_labels", "performance.corrected.accuracy": "no_labels",
                "estimated_performance.trusted": "no_labels",
            ]),
        NullSituation(
            testDescription: "one class", rows: ordinary(60), labels: labels(60) { _ in "\"0\"" },
            expected: [
                "performance.roc_auc": "one_class", "performance.recall": "undefined",
                "performance.classes.recall": "no_such_rows", "performance.interval.recall": "undefined",
            ]),
        NullSituation(
            testDescription: "early labels of few rows", rows: ordinary(120), labels: labels(9) { "\"\($0 % 2)\"" },
            expected: [
                "performance.corrected.accuracy": "unlabelled_scores", "estimated_performance.trusted": "insufficient",
            ]),
        NullSituation(
            testDescription: "no reference", reference: [], rows: ordinary(60), labels: labels(60) { "\"\($0 % 2)\"" },
            expected: [
                "reference": "no_reference", "features.x.drift.ks.value": "no_reference",
                "features.x.drift.ks.drifted": "no_reference", "features.c.unseen": "no_reference",
                "features.c.categories.reference": "no_reference",
                "features.x.quality.missing.reference_ratio": "no_reference",
                "duplicates.reference_ratio": "no_reference", "estimated_performance.accuracy": "no_calibration",
            ]),
        NullSituation(
            testDescription: "weights",
            reference: ordinary(200, from: 1000) { #""weight":\#($0 % 4 + 1),"# },
            rows: ordinary(80) { #""weight":\#(Double($0 % 3) + 0.5),"# }, labels: labels(50) { "\"\($0 % 2)\"" },
            expected: ["features.n.std": "no_values"]),
        NullSituation(
            testDescription: "a regression", task: "regression", reference: regression(200, isReference: true),
            rows: regression(80), labels: labels(60) { "\($0 % 6)" },
            expected: ["estimated_performance": "other_task", "performance.corrected": "other_task"]),
        NullSituation(
            testDescription: "a regression without labels", task: "regression",
            reference: regression(200, isReference: true), rows: regression(1),
            expected: ["performance.mae": "no_labels"]),
        NullSituation(
            testDescription: "many classes", task: "multiclass", reference: classes(200, isReference: true),
            rows: classes(60), labels: labels(40) { $0 % 2 == 0 ? "\"v\"" : "\"w\"" },
            expected: ["performance.classes.precision": "no_such_rows", "performance.classes.recall": "no_such_rows"]),
        NullSituation(
            testDescription: "nothing to predict", task: "none", rows: ordinary(60), expected: [:]),
        NullSituation(
            testDescription: "numbers that do not fit the sums",
            rows: (0..<60).map { row($0, x: $0 == 0 ? "1e300" : "\($0)", output: scored($0)) },
            expected: [
                "features.x.mean": "too_large", "features.x.drift.wasserstein.value": "too_large",
                "features.x.drift.wasserstein.drifted": "too_large", "features.x.drift.mean_shift.value": "too_large",
            ]),
        NullSituation(
            testDescription: "a reference of nulls",
            reference: (0..<60).map { row($0, x: "null", k: "null", c: "null", output: "", isReference: true) },
            rows: ordinary(60),
            expected: [
                "features.x.drift.ks.value": "empty_reference", "features.c.drift.psi.value": "empty_reference",
                "features.c.quality.unseen.reference_ratio": "empty_reference",
            ]),
        NullSituation(
            testDescription: "predictions that do not follow the score",
            rows: (0..<60).map { row($0, x: "\($0)", output: #""prediction":"\#($0 % 2)","score":0.9,"#) },
            labels: labels(60) { "\"\($0 % 3 % 2)\"" },
            expected: [
                "estimated_performance.accuracy": "other_threshold",
                "performance.corrected.accuracy": "other_threshold",
                "estimated_performance.trusted": "other_threshold",
            ]),
    ]
}
