import App
import HTTPTypes
import JSON
import Postgres
import Store
import TestSupport
import Testing

/// Days of January 2026 with two rows every four hours, often of one version, their labels, and what a service tells of whole
/// days.
enum DaysOfRows {
    static let plain = #"{"rows":"90d","panes":"800d"}"#
    /// Days outlive their panes.
    static let short = #"{"rows":"90d","panes":"2d","day_panes":"400d"}"#

    static func model(
        retention: String, features: String = #""x":{"type":"numeric"},"c":{"type":"categorical"}"#,
        windows: String = #"{"length":"6h","step":"1h"}"#
    ) -> String {
        """
        {"task":"binary","classes":["0","1"],"features":{\(features)},"segments":[["c"]],"windows":[\(windows)],
         "retention":\(retention)}
        """
    }

    static func prepare(
        _ service: ServiceFixture, retention: String, windows: String = #"{"length":"6h","step":"1h"}"#
    ) async throws {
        let definition = model(retention: retention, windows: windows)
        #expect(try await service.call(.put, "/v1/models/m", definition).status == 201)
        let rows = (0..<300).map { "\($0 % 97),k\($0 % 4),\(Double($0 % 10) / 10),\($0 % 2),\($0 % 2)\n" }.joined()
        let reference = try await service.call(
            .put, "/v1/models/m/references/training", "x,c,score,prediction,actual\n" + rows, type: "text/csv")
        #expect(reference.status == 201)
    }

    static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// A row of a day; its score and its values follow from its number.
    static func row(_ id: String, day: Int, hour: Int, x: Int) -> String {
        """
        {"prediction_id":"\(id)","timestamp":"2026-01-\(two(day))T\(two(hour)):20:00Z",\
        "model_version":"\(x % 3 == 0 ? "2" : "1")","features":{"x":\(x % 90),\
        "c":"k\(x % 5)"},"prediction":"\(x % 2)","score":\(Double(x % 50) / 50)}
        """
    }

    static func rows(_ days: ClosedRange<Int>) -> String {
        days.flatMap { day in
            (0..<12).map { row("d\(day)-\($0)", day: day, hour: $0 / 2 * 4, x: day * 31 + $0 * 7) }
        }.joined(separator: "\n")
    }

    /// Labels of all rows of some days; another `actual` for another time.
    static func labels(_ days: ClosedRange<Int>, known: String, shift: Int = 0) -> String {
        days.flatMap { day in
            (0..<12).map {
                "{\"prediction_id\":\"d\(day)-\($0)\",\"actual\":\"\((day + $0 + shift) % 2)\",\"timestamp\":\"\(known)\"}"
            }
        }.joined(separator: "\n")
    }

    static func send(_ noun: String, _ lines: String, to service: ServiceFixture) async throws {
        let answer = try await service.call(.post, "/v1/models/m/\(noun)", lines, type: "application/x-ndjson")
        #expect(answer.status == 200, "\(answer.body)")
    }

    /// Windows of whole days that end on the given ones, from several sides.
    static func read(_ service: ServiceFixture, _ windows: [(length: String, end: Int)]) async throws -> [String] {
        var texts: [String] = []
        for (length, end) in windows {
            for side in ["", "&segment=c%3Dk1", "&version=1", "&version=2", "&known_at=end"] {
                let path = "/v1/models/m/windows?length=\(length)&end=2026-01-\(two(end))T00:00:00Z\(side)"
                let answer = try await service.call(.get, path)
                #expect(answer.status == 200, "\(path): \(answer.body)")
                texts.append(answer.body.text)
            }
        }
        return texts
    }

    static func rollUp(_ service: ServiceFixture, times: Int = 1) async throws {
        let model = try #require(try await service.models.model(named: "m"))
        for _ in 0..<times {
            #expect(await service.checkpointer.save())
            try await model.windows.rollUp(gate: LogGate(queue: service.queue, checkpointer: service.checkpointer))
        }
    }

    static func count(_ what: String, _ pool: PostgresPool) async throws -> Int64 {
        try await pool.query(Statement("test.count", "SELECT count(*) FROM \(what)"), []).map {
            row throws(PostgresError) in
            try row.int64(0)
        }.first ?? 0
    }

    /// What a service tells that never adds days up.
    static func expected(
        windows: String = #"{"length":"6h","step":"1h"}"#,
        _ body: @escaping @Sendable (ServiceFixture) async throws -> [String]
    ) async throws -> [String] {
        let slip = Slip()
        try await ServiceFixture.with { service in
            try await prepare(service, retention: plain, windows: windows)
            await slip.put(try await body(service))
        }
        return await slip.texts
    }

    private actor Slip {
        private(set) var texts: [String] = []
        func put(_ texts: [String]) { self.texts = texts }
    }
}
