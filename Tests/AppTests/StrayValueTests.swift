import App
import HTTPTypes
import JSON
import Testing

/// Values that are not what the model declares: counted where they happened, and nowhere else.
@Suite(.timeLimit(.minutes(15)))
struct StrayValueTests {
    /// A row as it should be, with what is wrong about it.
    private struct Row {
        enum Fault {
            case none, wrongType, outOfRange, unseen, undeclared
        }
        var x: Double
        var y: Double
        var c: String
        var prediction: Int
        var score: Double
        var actual: Int
        var fault = Fault.none
    }

    private static func rows(_ seed: UInt64) -> [Row] {
        var random = SplitMix(seed: seed)
        return (0..<300).map { _ in
            let score = Double(random.next() % 1000) / 1000
            var row = Row(
                x: Double(random.next() % 1000) / 100, y: Double(random.next() % 5000) / 7 - 300,
                c: ["a", "b", "c"][Int(random.next() % 3)], prediction: score >= 0.5 ? 1 : 0, score: score,
                actual: Double(random.next() % 1000) / 1000 < score ? 1 : 0)
            let draw = random.next() % 20
            row.fault =
                draw == 0 ? .wrongType : draw == 1 ? .outOfRange : draw == 2 ? .unseen : draw == 3 ? .undeclared : .none
            return row
        }
    }

    /// The rows with their faults, or each faulty value replaced by what it should count as: a null, or nothing at all.
    private static func body(_ rows: [Row], seed: UInt64, isFaulty: Bool) -> String {
        var random = SplitMix(seed: seed &+ 1)
        return rows.enumerated().map { place, row in
            let strange = ["\"text\"", "true", "[1]", "{\"a\":1}", "1e999", "\"NaN\""][Int(random.next() % 6)]
            let far = ["-1", "10.5", "1e300", "-5e-324"][Int(random.next() % 4)]
            var (x, c, more) = ("\(row.x)", "\"\(row.c)\"", "")
            switch row.fault {
            case .none: break
            case .wrongType: x = isFaulty ? strange : "null"
            case .outOfRange: x = isFaulty ? far : "null"
            case .unseen: c = isFaulty ? "\"never seen \(place)\"" : "null"
            case .undeclared: more = isFaulty ? ",\"z\":\(strange)" : ""
            }
            return """
                {"prediction_id":"p\(place)","timestamp":"2026-02-01T0\(place % 9):00:00Z",\
                "features":{"x":\(x),"y":\(row.y),"c":\(c)\(more)},"prediction":"\(row.prediction)","score":\(row.score)}
                """
        }.joined(separator: "\n")
    }

    private static let reference =
        "x,y,c,prediction,score,actual\n"
        + (0..<500).map {
            "\(Double($0 % 100) / 10),\(Double($0 % 97) * 6 - 280),\("abc".dropFirst($0 % 3).prefix(1)),\($0 % 2),0.\($0 % 10),\($0 % 5 % 2)"
        }.joined(separator: "\n")

    private static func window(_ service: ServiceFixture, _ name: String, _ rows: [Row], _ body: String) async throws
        -> JSONNode
    {
        let made = try await service.call(
            .put, "/v1/models/\(name)",
            """
            {"task":"binary","features":{"x":{"type":"numeric","min":0,"max":10},"y":{"type":"numeric"},
             "c":{"type":"categorical"}},"windows":[{"length":"1d","step":"1d"}],"alerting":{"control":"none"}}
            """)
        #expect(made.status == 201)
        let put = try await service.call(
            .put, "/v1/models/\(name)/references/training", reference, type: "text/csv")
        #expect(put.status == 201)
        let sent = try await service.call(
            .post, "/v1/models/\(name)/predictions", body, type: "application/x-ndjson")
        #expect(sent.status == 200)
        #expect(sent.body["accepted"]?.int64 == Int64(rows.count))
        let labels =
            "prediction_id,actual\n" + rows.enumerated().map { "p\($0),\($1.actual)" }.joined(separator: "\n")
        #expect(try await service.call(.post, "/v1/models/\(name)/labels", labels, type: "text/csv").status == 200)
        return try await service.call(.get, "/v1/models/\(name)/windows?length=1d&end=2026-02-02T00:00:00Z").body
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `strays are counted where they happened and change nothing else`(seed: UInt64) async throws {
        try await ServiceFixture.with { service in
            let rows = Self.rows(seed)
            func count(_ fault: Row.Fault) -> Int64 { Int64(rows.count { $0.fault == fault }) }
            let faulty = try await Self.window(
                service, "faulty", rows, Self.body(rows, seed: seed, isFaulty: true))
            let clean = try await Self.window(service, "clean", rows, Self.body(rows, seed: seed, isFaulty: false))
            let (x, c) = (faulty.at("features", "x"), faulty.at("features", "c"))
            #expect(x["type_errors"]?.int64 == count(.wrongType))
            #expect(x["missing"]?.int64 == count(.wrongType))
            #expect(x["out_of_range"]?.int64 == count(.outOfRange))
            #expect(x["count"]?.int64 == Int64(rows.count) - count(.wrongType))
            #expect(c["unseen"]?.int64 == count(.unseen))
            #expect(faulty["undeclared"]?.int64 == count(.undeclared))
            #expect(clean.at("features", "x")["out_of_range"]?.int64 == 0)
            // Everything that is not of these two columns is the same to the last digit. (With a control of false discoveries a
            // verdict depends on the p-values of all columns, by its nature.)
            for part in [
                ["features", "y"], ["multivariate"], ["score"], ["prediction"], ["performance"],
                ["estimated_performance"],
            ] {
                let (with, without) = (
                    part.reduce(faulty) { $0[$1] ?? .null }, part.reduce(clean) { $0[$1] ?? .null }
                )
                #expect(!with.isNull && with.text == without.text, "\(part)")
            }
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `a value of the wrong type counts as the null that stands for it`(seed: UInt64) async throws {
        try await ServiceFixture.with { service in
            let rows = Self.rows(seed).map { row in
                var row = row
                if row.fault != .wrongType { row.fault = .none }
                return row
            }
            let faulty = try await Self.window(
                service, "faulty", rows, Self.body(rows, seed: seed, isFaulty: true)
            ).at("features", "x")
            let clean = try await Self.window(
                service, "clean", rows, Self.body(rows, seed: seed, isFaulty: false)
            ).at("features", "x")
            for name in ["count", "distinct", "missing", "mean", "std", "min", "max", "quantiles", "bins", "drift"] {
                #expect(faulty[name]?.text == clean[name]?.text, "\(name)")
            }
        }
    }
}
