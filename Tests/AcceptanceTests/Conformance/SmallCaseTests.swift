import Foundation
import JSON
import Testing

extension AcceptanceSuite {
    /// Small samples, one model each, against SciPy and scikit-learn.
    @Suite(.serialized, .enabled(if: SharedFiles.areExpected, "../shared is not here"), .timeLimit(.minutes(5)))
    struct SmallCaseTests {
        private let end = "2026-01-01T01:00:00Z"

        /// Makes a model with a reference and fills one window of an hour.
        private func fill(
            _ model: String, _ kind: String, _ one: ExpectedCases.Case, on client: ServiceClient
        ) async throws {
            try await client.call(
                "PUT", "/v1/models/\(model)",
                [
                    "task": "none", "features": ["x": ["type": .string(kind)]],
                    "windows": [["length": "1h", "step": "1h"]], "grid_points": 65536,
                ])
            // A second column keeps a row with a null from being an empty line.
            let reference = one.column("reference").map { "\($0.scalarText ?? ""),r\n" }.joined()
            try await client.call("PUT", "/v1/models/\(model)/references/training", csv: "x,note\n" + reference)
            let rows = one.column("current").enumerated().map { index, value -> JSONNode in
                [
                    "prediction_id": .string("\(model)-\(index)"), "timestamp": .string(Self.time(index)),
                    "features": ["x": value],
                ]
            }
            let receipt = try await client.call("POST", "/v1/models/\(model)/predictions", .array(rows))
            #expect(receipt["accepted"]?.int64 == Int64(rows.count), "\(receipt.text.prefix(400))")
        }

        private static func time(_ index: Int) -> String {
            let (minute, second) = (index / 60 % 60, index % 60)
            func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
            return "2026-01-01T00:\(two(minute)):\(two(second))Z"
        }

        /// Compares a value where the file has a number or null; infinite values have no JSON.
        private func expect(
            _ told: JSONNode?, _ expected: JSONNode?, _ tolerance: Tolerance, _ place: String,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let expected = try #require(expected, "\(place)", sourceLocation: sourceLocation)
            if expected.string == "Infinity" {
                #expect(told?.isNull ?? true, "\(place)", sourceLocation: sourceLocation)
            } else {
                #expect(
                    tolerance.accepts(told?.double, expected.double),
                    "\(place): \(told?.text ?? "missing") for \(expected.text)", sourceLocation: sourceLocation)
            }
        }

        @Test
        func `numeric columns have the peers' values`() async throws {
            let file = try ExpectedCases("numeric_cases.json")
            try await Service.with { service in
                for one in file.cases {
                    try await fill(one.id, "numeric", one, on: service.client)
                    let methods = ["left", "right"].flatMap { side in
                        ["half", "floor1e-4", "none"].map { "psi:decile-\(side)/\($0)" }
                            + [
                                "js_distance:decile-\(side)/base2", "hellinger:decile-\(side)",
                                "total_variation:decile-\(side)",
                            ]
                    }
                    let window = try await service.client.window(
                        one.id, "1h", end: end, ["methods": methods.joined(separator: ",")])
                    try expectNumeric(try #require(window["features"]?["x"]), one, file)
                }
            }
        }

        private func expectNumeric(_ told: JSONNode, _ one: ExpectedCases.Case, _ file: ExpectedCases) throws {
            let statistic = try Tolerance("statistics", in: file.document)
            let root = try Tolerance("js_distance and hellinger", in: file.document)
            let probability = try Tolerance("pvalues", in: file.document)
            let drift = try #require(told["drift"])
            #expect(told["count"]?.int64 == one.document["n"]?["current_usable"]?.int64, "\(one.id)")
            #expect(told["missing"]?.int64 == one.document["n"]?["current_null"]?.int64, "\(one.id)")
            try expect(drift["ks"]?["value"], one.expected("ks", "statistic"), statistic, "\(one.id) ks")
            try expect(drift["ks"]?["p_value"], one.expected("ks", "pvalue_asymp"), probability, "\(one.id) ks p")
            try expectDistance(try #require(drift["wasserstein"]), one)
            for side in ["left", "right"] {
                let bins = try #require(one.expected("decile_bins", "\(side)_closed"))
                for (policy, key) in [("half", "add_half"), ("floor1e-4", "zero_to_1e-4"), ("none", "no_smoothing")] {
                    let method = "psi:decile-\(side)/\(policy)"
                    try expect(drift[method]?["value"], bins["psi"]?[key], statistic, "\(one.id) \(method)")
                }
                for (method, key, tolerance) in [
                    ("js_distance:decile-\(side)/base2", "js_distance_base2", root),
                    ("hellinger:decile-\(side)", "hellinger", root),
                    ("total_variation:decile-\(side)", "total_variation", statistic),
                ] {
                    try expect(drift[method]?["value"], bins[key], tolerance, "\(one.id) \(method)")
                }
            }
            try expectBins(told, one)
        }

        private func expectDistance(_ told: JSONNode, _ one: ExpectedCases.Case) throws {
            let expected = try #require(one.expected("wasserstein", "distance")?.double)
            let value = try #require(told["value"]?.double, "\(one.id)")
            let bound = try #require(told["error_bound"]?.double, "\(one.id)")
            #expect((value - expected).magnitude <= bound + 1e-9, "\(one.id): \(told.text) for \(expected)")
            let normed = one.expected("wasserstein", "normed_by_std_ddof0")?.double
            let spread = one.expected("wasserstein", "reference_std_ddof0")?.double
            let normalised = told["normalised"]?.double
            #expect((normed == nil) == (normalised == nil), "\(one.id): \(told.text)")
            guard let normed, let normalised, let spread else { return }
            #expect((normalised - normed).magnitude <= bound / spread + 1e-9, "\(one.id): \(told.text)")
        }

        /// The bins of the default definition, which is closed on the right.
        private func expectBins(_ told: JSONNode, _ one: ExpectedCases.Case) throws {
            let bins = try #require(told["bins"]?.elements, "\(one.id)")
            let edges = try #require(one.expected("decile_bins", "edges")?.elements).map(\.double)
            #expect(bins.dropLast().map { $0["high"]?.double } == edges, "\(one.id)")
            #expect(bins.dropFirst().map { $0["low"]?.double } == edges, "\(one.id)")
            for (key, name) in [("reference", "reference_counts"), ("window", "current_counts")] {
                let counts = one.expected("decile_bins", "right_closed", name)?.elements?.map(\.int64)
                #expect(bins.map { $0[key]?.int64 } == counts, "\(one.id) \(key)")
            }
        }

        @Test
        func `categorical columns have the peers' values`() async throws {
            let file = try ExpectedCases("categorical_cases.json")
            try await Service.with { service in
                for one in file.cases {
                    try await fill(one.id, "categorical", one, on: service.client)
                    let window = try await service.client.window(
                        one.id, "1h", end: end, ["methods": "psi:half,psi:floor1e-4,psi:none"])
                    try expectCategorical(try #require(window["features"]?["x"]), one, file)
                }
            }
        }

        private func expectCategorical(_ told: JSONNode, _ one: ExpectedCases.Case, _ file: ExpectedCases) throws {
            let statistic = try Tolerance("statistics", in: file.document)
            let root = try Tolerance("js_distance and hellinger", in: file.document)
            let probability = try Tolerance("pvalues", in: file.document)
            let drift = try #require(told["drift"])
            for (policy, key) in [("half", "add_half"), ("floor1e-4", "zero_to_1e-4"), ("none", "no_smoothing")] {
                try expect(drift["psi:\(policy)"]?["value"], one.expected("psi", key), statistic, "\(one.id) \(policy)")
            }
            for (measure, key, tolerance) in [
                ("js_distance", "js_distance_base2", root), ("hellinger", "hellinger", root),
                ("total_variation", "total_variation", statistic), ("l_infinity", "l_infinity", statistic),
            ] {
                try expect(drift[measure]?["value"], one.expected(key), tolerance, "\(one.id) \(measure)")
            }
            let test = try #require(drift["chi2"])
            try expect(test["value"], one.expected("chi2_contingency", "statistic"), statistic, "\(one.id) chi2")
            try expect(test["p_value"], one.expected("chi2_contingency", "pvalue"), probability, "\(one.id) chi2 p")
            try expect(test["df"], one.expected("chi2_contingency", "dof"), .exact, "\(one.id) df")
            let found = try #require(told["categories"]?.elements).map {
                "\($0["value"]?.string ?? "?") \($0["reference"]?.int64 ?? -1) \($0["window"]?.int64 ?? -1)"
            }
            let names = try #require(one.expected("categories")?.elements)
            let expected = names.indices.map { index in
                let counts = ["reference_counts", "current_counts"].map {
                    one.expected($0)?.elements?[index].int64 ?? -1
                }
                return "\(names[index].string ?? "?") \(counts[0]) \(counts[1])"
            }
            #expect(found.sorted() == expected.sorted(), "\(one.id)")
        }

        @Test
        func `labelled predictions have the peers' performance`() async throws {
            let file = try ExpectedCases("performance_cases.json")
            try await Service.with { service in
                for one in file.cases {
                    try await label(one, on: service.client)
                    let window = try await service.client.window(one.id, "1h", end: end)
                    try expectPerformance(try #require(window["performance"]), one, file)
                }
            }
        }

        private func label(_ one: ExpectedCases.Case, on client: ServiceClient) async throws {
            let path = "/v1/models/\(one.id)"
            var settings: [JSONNode.Member] = [
                JSONNode.Member("task", one.document["task"] ?? .null),
                JSONNode.Member("features", .object([])),
                JSONNode.Member("windows", [["length": "1h", "step": "1h"]]),
            ]
            if let positive = one.document["positive_class"]?.scalarText {
                settings.append(JSONNode.Member("positive_class", .string(positive)))
            }
            try await client.call("PUT", path, .object(settings))
            let scores = one.document["score"]?.elements
            let rows = one.column("prediction").enumerated().map { index, value -> JSONNode in
                [
                    "prediction_id": .string("\(index)"), "timestamp": .string(Self.time(index)), "prediction": value,
                    "score": scores?[index] ?? .null,
                ]
            }
            let receipt = try await client.call("POST", "\(path)/predictions", .array(rows))
            #expect(receipt["accepted"]?.int64 == Int64(rows.count), "\(receipt.text.prefix(400))")
            let labels = one.column("actual").enumerated().filter { !$0.element.isNull }.map {
                index, value -> JSONNode in
                ["prediction_id": .string("\(index)"), "actual": value, "timestamp": .string(end)]
            }
            let answer = try await client.call("POST", "\(path)/labels", .array(labels))
            #expect(answer["accepted"]?.int64 == Int64(labels.count), "\(answer.text.prefix(400))")
        }

        private func expectPerformance(_ told: JSONNode, _ one: ExpectedCases.Case, _ file: ExpectedCases) throws {
            let statistic = try Tolerance("statistics", in: file.document)
            for member in try #require(one.document["expected"]?.members) {
                let place = "\(one.id) \(member.name)"
                switch member.name {
                case "n": try expect(told["count"], member.value, .exact, place)
                case "bias_mean_prediction_minus_actual": try expect(told["bias"], member.value, statistic, place)
                case "tp": try expectCell(told, 1, 1, member.value, place)
                case "fp": try expectCell(told, 0, 1, member.value, place)
                case "tn": try expectCell(told, 0, 0, member.value, place)
                case "fn": try expectCell(told, 1, 0, member.value, place)
                case "labels": #expect(told["confusion"]?["labels"] == member.value, "\(place)")
                case "confusion_rows_actual_columns_predicted":
                    #expect(told["confusion"]?["counts"] == member.value, "\(place)")
                case "per_class_f1": continue
                default: try expect(told[member.name], member.value, statistic, place)
                }
            }
        }

        private func expectCell(
            _ told: JSONNode, _ actual: Int, _ predicted: Int, _ expected: JSONNode, _ place: String
        ) throws {
            let labels = try #require(told["confusion"]?["labels"]?.elements, "\(place)").map(\.string)
            let counts = told["confusion"]?["counts"]?.elements
            // A class that nobody predicted and that was never true may be left out.
            guard let row = labels.firstIndex(of: "\(actual)"), let column = labels.firstIndex(of: "\(predicted)")
            else {
                #expect(expected.int64 == 0, "\(place)")
                return
            }
            #expect(counts?[row].elements?[column].int64 == expected.int64, "\(place)")
        }
    }
}
