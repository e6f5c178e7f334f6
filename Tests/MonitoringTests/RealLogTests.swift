import Monitoring
import Statistics
import Testing

@Suite(.enabled(if: SharedFiles.areExpected, "the real logs lie beside the package"), .serialized)
struct RealLogTests {
    private static let logs = ["elec2", "bikeshare"]

    /// Every seventh window of a numeric column, so that a debug build is through soon.
    private static let stride = 7

    @Test(arguments: logs) func `all windows have the expected values`(name: String) throws {
        let log = try RealLog(name)
        try expectVolume(log, known: name == "elec2" ? .accuracy : .mae)
        let columns = ColumnLayout(log.schema).numericNames.filter { column in
            if case .multivariate = column { false } else { column != .score || name == "elec2" }
        }
        for column in columns {
            try expectNumeric(log, column)
            try expectDistance(log, column)
        }
        for column in ColumnLayout(log.schema).categoricalNames where column != .prediction {
            try expectCategorical(log, column)
        }
        try expectPerformance(log, name)
    }

    private func expectVolume(_ log: RealLog, known: Measure) throws {
        expect(try log.values(.predictions), try log.series("windows", "n_predictions"), "predictions")
        expect(try log.values(.labels), try log.series("performance", "per_window", "n"), "labels")
        expect(
            try log.values(known, knownAtEnd: true),
            try log.series("performance", "performance_known_at_window_end", known.rawValue), "known \(known.rawValue)")
        expect(
            try log.values(.labels, knownAtEnd: true),
            try log.series("performance", "performance_known_at_window_end", "n"), "known labels")
    }

    private func expectNumeric(_ log: RealLog, _ column: ColumnName) throws {
        let left = DriftMethod(closing: .left, zeroPolicy: .floor)
        let right = DriftMethod(closing: .right, zeroPolicy: .floor)
        let rows: [(Measure, DriftMethod?, String)] = [
            (.ks, nil, "ks_statistic"), (.psi, left, "psi_left_closed_zero_to_1e-4"),
            (.psi, right, "psi_right_closed_zero_to_1e-4"), (.mean, nil, "mean"),
        ]
        for (measure, method, key) in rows {
            let expected = try log.series("features", column.address, "windows", key)
            let values = try log.values(measure, column, method: method, stride: Self.stride)
            expect(values, expected, "\(column.address) \(key)", stride: Self.stride)
        }
        let probabilities = try log.series("features", column.address, "windows", "ks_pvalue_asymp")
        expect(
            try log.values(.ksPValue, column, stride: Self.stride), probabilities, "\(column.address) p",
            relative: 1e-6,
            absolute: 1e-12, stride: Self.stride)
    }

    /// Distances are not always exact, but always within the bound that comes with them.
    private func expectDistance(_ log: RealLog, _ column: ColumnName) throws {
        let expected = try log.series("features", column.address, "windows", "wasserstein")
        let found = try log.summaries(column, stride: Self.stride).map { $0?.drift(.wasserstein, column: column) }
        for (value, wanted) in zip(found, expected) {
            guard let value, let wanted else { continue }
            #expect(abs(value.value - wanted) <= (value.errorBound ?? 0) + 1e-9 * wanted)
        }
    }

    private func expectCategorical(_ log: RealLog, _ column: ColumnName) throws {
        let floor = DriftMethod(closing: .right, zeroPolicy: .floor)
        let rows: [(Measure, String, Double, Double)] = [
            (.psi, "psi_zero_to_1e-4", 1e-9, 1e-9), (.jsDistance, "js_distance_base2", 1e-9, 1e-7),
            (.chi2, "chi2_statistic", 1e-9, 1e-9), (.chi2PValue, "chi2_pvalue", 1e-6, 1e-12),
            (.hellinger, "hellinger", 1e-9, 1e-7), (.unseen, "n_unseen_categories", 0, 0),
        ]
        for (measure, key, relative, absolute) in rows {
            let expected = try log.series("features", column.address, "windows", key)
            let values = try log.values(measure, column, method: floor)
            expect(values, expected, "\(column.address) \(key)", relative: relative, absolute: absolute)
        }
    }

    private func expectPerformance(_ log: RealLog, _ name: String) throws {
        let binary: [(Measure, String)] = [
            (.accuracy, "accuracy"), (.precision, "precision"), (.recall, "recall"), (.f1, "f1"), (.rocAUC, "roc_auc"),
            (.logLoss, "log_loss"), (.brier, "brier"),
        ]
        let regression: [(Measure, String)] = [
            (.mae, "mae"), (.rmse, "rmse"), (.r2, "r2"), (.bias, "bias_mean_prediction_minus_actual"),
        ]
        for (measure, key) in name == "elec2" ? binary : regression {
            expect(try log.values(measure), try log.series("performance", "per_window", key), key)
        }
    }

    private func expect(
        _ values: [Double?], _ expected: [Double?], _ what: String, relative: Double = 1e-9, absolute: Double = 1e-9,
        stride: Int = 1
    ) {
        var off: [String] = []
        for (place, (value, wanted)) in zip(values, expected).enumerated() where place % stride == 0 {
            if value == nil, wanted == nil { continue }
            let distance = abs((value ?? .infinity) - (wanted ?? -.infinity))
            if !(distance <= max(absolute, relative * abs(wanted ?? 0))) {
                off.append("\(place): \(String(describing: value)) for \(String(describing: wanted))")
            }
        }
        #expect(off.isEmpty, "\(what): \(off.count) of \(expected.count) off, first \(off.first ?? "")")
    }
}
