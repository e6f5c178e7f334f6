import JSON
import Testing

extension AcceptanceSuite {
    /// Values of a model that has no reference, so that nothing says how large they are.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct UnreferencedValueTests {
        @Test(arguments: [1e-6, 1e-3, 1, 1e6])
        func `spread and explained variance are right whatever the unit`(unit: Double) async throws {
            var random = SeededNumbers(1)
            let values = (0..<500).map { _ in Double.random(in: 0..<1, using: &random) * unit }
            let actual = values.map { $0 + Double.random(in: -0.2..<0.2, using: &random) * unit }
            try await Service.with { service in
                let path = "/v1/models/units"
                try await service.client.call(
                    "PUT", path,
                    [
                        "task": "regression", "features": ["x": ["type": "numeric"]],
                        "windows": [["length": "1h", "step": "1h"]],
                    ])
                let rows = values.indices.map { index -> JSONNode in
                    [
                        "prediction_id": .string("\(index)"), "timestamp": "2026-01-01T00:00:00Z",
                        "features": ["x": .number(values[index])], "prediction": .number(values[index]),
                    ]
                }
                try await service.client.call("POST", "\(path)/predictions", .array(rows))
                let labels = actual.indices.map { index -> JSONNode in
                    [
                        "prediction_id": .string("\(index)"), "timestamp": "2026-01-01T01:00:00Z",
                        "actual": .number(actual[index]),
                    ]
                }
                try await service.client.call("POST", "\(path)/labels", .array(labels))
                let window = try await service.client.window("units", "1h", end: "2026-01-01T01:00:00Z")
                let errors = zip(values, actual).map { $0 - $1 }
                let squares = errors.reduce(0) { $0 + $1 * $1 }
                try expect(window["features"]?["x"]?["mean"], Self.mean(values), "mean")
                try expect(window["features"]?["x"]?["std"], Self.variance(values).squareRoot(), "std")
                let performance = window["performance"]
                try expect(performance?["mae"], Self.mean(errors.map(\.magnitude)), "mae")
                try expect(performance?["rmse"], (squares / 500).squareRoot(), "rmse")
                try expect(performance?["r2"], 1 - squares / 500 / Self.variance(actual), "r2")
            }
        }

        private func expect(_ told: JSONNode?, _ expected: Double, _ name: String) throws {
            let value = try #require(told?.double, "\(name)")
            #expect((value - expected).magnitude <= 1e-9 * expected.magnitude, "\(name): \(value) for \(expected)")
        }

        private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

        private static func variance(_ values: [Double]) -> Double {
            let mean = mean(values)
            return Self.mean(values.map { ($0 - mean) * ($0 - mean) })
        }
    }
}
