import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// Both recorded logs, replayed as a user would, against the values of SciPy and scikit-learn.
    @Suite(.serialized, .enabled(if: SharedFiles.areExpected, "../shared is not here"), .timeLimit(.minutes(5)))
    struct RecordedLogTests {
        private static let rules = """
            groups:
              - name: drift
                interval: 1d
                rules:
                  - alert: ShapeMoved
                    expr: driftline_ks{segment="", version=""} >= 0.2
                  - alert: SharesMoved
                    expr: driftline_psi{segment="", version=""} >= 0.25
            """

        @Test(arguments: RecordedLog.Name.allCases)
        func `a replay with exact grids has the peers' values in every window and fires where they cross`(
            name: RecordedLog.Name
        ) async throws {
            let log = try RecordedLog(name)
            try await Service.with(Service.Files(rules: Self.rules)) { service in
                let settings = ["grid_points=65536", #"methods={"psi":"decile-left/floor1e-4"}"#]
                let replay = try await service.run(log.replay(to: service, settings: settings), within: .seconds(200))
                try #require(replay.status == 0, "\(replay.output)")
                let check = SeriesCheck(service: service, log: log)
                try await expectInputs(check)
                try await expectOutcomes(check)
                for end in log.ends.indices where end % 28 == 0 { try await expectWindow(end, log, service) }
                try await expectCrossings(log, service)
            }
        }

        private func expectInputs(_ check: SeriesCheck) async throws {
            let log = check.log
            let (statistic, root, probability) = (
                try Tolerance("statistics", in: log.document),
                try Tolerance("js_distance and hellinger", in: log.document),
                try Tolerance("pvalues", in: log.document)
            )
            try await check.expect(
                "predictions", equals: log.series("windows", "n_predictions"), within: .exact)
            for column in log.columns {
                func expected(_ key: String) -> [Double?]? { column.windows[key]?.elements?.map(\.double) }
                func expect(
                    _ measure: String, _ key: String, _ tolerance: Tolerance, method: String? = nil
                ) async throws {
                    let query = method.map { ["method": $0] } ?? [:]
                    try await check.expect(
                        measure, feature: column.name, query, equals: expected(key), within: tolerance)
                }
                if column.isNumeric {
                    try await expect("ks", "ks_statistic", statistic)
                    try await expect("ks_p_value", "ks_pvalue_asymp", probability)
                    try await expect("psi", "psi_left_closed_zero_to_1e-4", statistic)
                    for side in ["left", "right"] {
                        try await expect(
                            "psi", "psi_\(side)_closed_zero_to_1e-4", statistic, method: "decile-\(side)/floor1e-4")
                    }
                    try await expect("mean", "mean", statistic)
                    try await expect("missing", "null", .exact)
                } else {
                    try await expect("psi", "psi_zero_to_1e-4", statistic, method: "floor1e-4")
                    try await expect("js_distance", "js_distance_base2", root)
                    try await expect("hellinger", "hellinger", root)
                    try await expect("chi2", "chi2_statistic", statistic)
                    try await expect("chi2_p_value", "chi2_pvalue", probability)
                }
            }
        }

        private func expectOutcomes(_ check: SeriesCheck) async throws {
            let statistic = try Tolerance("statistics", in: check.log.document)
            let measures = try #require(check.log.document["performance"]?["per_window"]?.members)
            for (key, expected) in measures.map({ ($0.name, $0.value.elements?.map(\.double)) }) {
                switch key {
                case "tp", "fp", "tn", "fn": continue
                case "n": try await check.expect("labels", equals: expected, within: .exact)
                case "bias_mean_prediction_minus_actual":
                    try await check.expect("bias", equals: expected, within: statistic)
                default: try await check.expect(key, equals: expected, within: statistic)
                }
            }
            let known = try #require(check.log.document["performance"]?["performance_known_at_window_end"]?.members)
            for (key, expected) in known.map({ ($0.name, $0.value.elements?.map(\.double)) }) {
                try await check.expect(
                    key == "n" ? "labels" : key, ["known_at": "end"], equals: expected,
                    within: key == "n" ? .exact : statistic)
            }
        }

        /// What only one window at a time tells: counts by bin and category, the distance with its bound, the matrix.
        private func expectWindow(_ index: Int, _ log: RecordedLog, _ service: Service) async throws {
            let end = log.ends[index]
            let window = try await service.client.window(log.name, log.length, end: end)
            for column in log.columns {
                let isOutput = ["score", "prediction"].contains(column.name)
                let told = try #require(isOutput ? window[column.name] : window["features"]?[column.name])
                let place: Comment = "\(column.name) of the window that ends at \(end)"
                if column.isNumeric {
                    let distance = try #require(told["drift"]?["wasserstein"], place)
                    let expected = try #require(column.windows["wasserstein"]?.elements?[index].double)
                    let bound = try #require(distance["error_bound"]?.double, place)
                    let value = try #require(distance["value"]?.double, place)
                    #expect((value - expected).magnitude <= bound + 1e-12, place)
                    #expect(bound <= max(0.5 * expected, 1e-6), "the bound says something; \(place)")
                    #expect(told["drift"]?["ks"]?["error_bound"]?.double == 0, place)
                    let counts = try #require(told["bins"]?.elements, place).map { $0["window"]?.int64 }
                    #expect(
                        counts == column.windows["counts_left_closed"]?.elements?[index].elements?.map(\.int64), place)
                } else {
                    try expectCategories(told, column, index, place)
                }
            }
            try expectMatrix(window, index, log)
        }

        private func expectCategories(
            _ told: JSONNode, _ column: RecordedLog.Column, _ index: Int, _ place: Comment
        ) throws {
            let names = try #require(column.reference["categories"]?.elements, place).compactMap(\.string)
            let counts = try #require(column.windows["counts"]?.elements?[index].elements, place).map(\.int64)
            var found: [String: Int64] = [:]
            for entry in try #require(told["categories"]?.elements, place) {
                found[try #require(entry["value"]?.string)] = entry["window"]?.int64
            }
            for (name, count) in zip(names, counts) { #expect(found[name] ?? 0 == count, place) }
            #expect(found.values.reduce(0, +) == counts.reduce(0) { $0 + ($1 ?? 0) }, place)
            #expect(told["drift"]?["chi2"]?["df"]?.int64 == column.windows["chi2_dof"]?.elements?[index].int64, place)
        }

        private func expectMatrix(_ window: JSONNode, _ index: Int, _ log: RecordedLog) throws {
            func expected(_ key: String) -> Int64? {
                log.document["performance"]?["per_window"]?[key]?.elements?[index].int64
            }
            guard expected("tp") != nil else { return }
            let matrix = try #require(window["performance"]?["confusion"])
            let labels = try #require(matrix["labels"]?.elements).compactMap(\.string)
            let positive = try #require(labels.firstIndex(of: "1"))
            let negative = try #require(labels.firstIndex(of: "0"))
            func count(_ actual: Int, _ predicted: Int) -> Int64? {
                matrix["counts"]?.elements?[actual].elements?[predicted].int64
            }
            #expect(count(positive, positive) == expected("tp"))
            #expect(count(negative, positive) == expected("fp"))
            #expect(count(negative, negative) == expected("tn"))
            #expect(count(positive, negative) == expected("fn"))
        }

        private func expectCrossings(_ log: RecordedLog, _ service: Service) async throws {
            let histories = try await AlertHistory.all(of: log.name, on: service.client)
            var quiet = Set(histories.map { "\($0.alertname) \($0.label("feature"))" })
            for column in log.columns {
                let crossings = try #require(log.document["crossings"]?["features"]?[column.name])
                let psi = column.isNumeric ? "psi_left_closed_zero_to_1e-4" : "psi_zero_to_1e-4"
                for (alert, key) in [("ShapeMoved", "ks_statistic"), ("SharesMoved", psi)] {
                    guard let crossing = crossings[key], let values = column.windows[key]?.elements else { continue }
                    let threshold = try #require(crossing["threshold"]?.double)
                    let firing = zip(log.ends, values).filter { ($1.double ?? -1) >= threshold }.map(\.0)
                    #expect(Int64(firing.count) == crossing["windows_at_or_above"]?.int64, "\(column.name) \(key)")
                    let fired = histories.filter { $0.alertname == alert && $0.label("feature") == column.name }
                        .flatMap { $0.firingSlots(among: log.ends) }
                    let difference = Set(fired).symmetricDifference(firing).sorted()
                    #expect(difference.isEmpty, "\(alert) of \(column.name) is wrong in \(difference.prefix(5))")
                    #expect(fired.count == Set(fired).count, "one alert for each feature")
                    quiet.remove("\(alert) \(column.name)")
                }
            }
            // The predicted class has drift of its own, for which the file has no values.
            #expect(quiet.subtracting(["SharesMoved prediction"]).isEmpty, "no alert without a crossing")
        }

        @Test(arguments: RecordedLog.Name.allCases)
        func `a replay with default grids is within the bounds that it tells`(name: RecordedLog.Name) async throws {
            let log = try RecordedLog(name)
            try await Service.with { service in
                let replay = try await service.run(log.replay(to: service, settings: []), within: .seconds(200))
                try #require(replay.status == 0, "\(replay.output)")
                for index in log.ends.indices where index % 28 == 0 {
                    let window = try await service.client.window(log.name, log.length, end: log.ends[index])
                    for column in log.columns where column.isNumeric {
                        let isOutput = ["score", "prediction"].contains(column.name)
                        let told = isOutput ? window[column.name] : window["features"]?[column.name]
                        try expectBounds(told?["drift"], column.windows, index, "\(column.name) at \(log.ends[index])")
                    }
                }
            }
        }

        private func expectBounds(
            _ drift: JSONNode?, _ expected: JSONNode, _ index: Int, _ place: Comment
        ) throws {
            let statistic = try #require(expected["ks_statistic"]?.elements?[index].double)
            let value = try #require(drift?["ks"]?["value"]?.double, place)
            let bound = try #require(drift?["ks"]?["error_bound"]?.double, place)
            #expect(bound <= 0.002, place)
            #expect((value - statistic).magnitude <= bound + 1e-9, place)
            let distance = try #require(expected["wasserstein"]?.elements?[index].double)
            let near = try #require(drift?["wasserstein"]?["value"]?.double, place)
            let doubt = try #require(drift?["wasserstein"]?["error_bound"]?.double, place)
            #expect((near - distance).magnitude <= doubt + 1e-12, place)
        }
    }
}
