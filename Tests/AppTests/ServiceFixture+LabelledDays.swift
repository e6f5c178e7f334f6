import HTTPTypes
import JSON
import Monitoring
import Testing

/// Days of rows of the model `m` with labels that come later, for tests of its performance.
extension ServiceFixture {
    /// An hour of a day since the first of January 2026, in RFC 3339.
    static func moment(day: Int, hour: Int = 0) -> String {
        Time(microseconds: 1_767_225_600_000_000 + Int64(day) * 86_400_000_000 + Int64(hour) * 3_600_000_000).rfc3339
    }

    /// Sends what one day brings, one JSON object each, and completes the day and the one after it.
    func send(predictions: [String], labels: [String], ofDay day: Int) async throws {
        for (path, rows) in [("predictions", predictions), ("labels", labels)] where !rows.isEmpty {
            let sent = try await call(
                .post, "/v1/models/m/\(path)", rows.joined(separator: "\n"), type: "application/x-ndjson")
            #expect(sent.status == 200, "\(sent.body)")
        }
        try await call(.post, "/v1/models/m/watermark", "{\"to\":\"\(Self.moment(day: day + 2))\"}")
    }

    /// The window of one day that ends with another.
    func dayWindow(endDay: Int, more: String = "") async throws -> JSONNode {
        let answer = try await call(
            .get, "/v1/models/m/windows?length=1d&end=\(Self.moment(day: endDay))\(more)")
        #expect(answer.status == 200, "\(answer.body)")
        return answer.body
    }
}
