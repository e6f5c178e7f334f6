import App
import HTTPTypes
import JSON
import Testing

/// An answer about a window is kept while nothing that it follows from changes.
@Suite(.timeLimit(.minutes(15)))
struct KeptDocumentTests {
    private static let path = "/v1/models/m/windows?length=2h&end=2026-02-01T06:00:00Z"

    private static func reference(_ shift: Int) -> String {
        "x,c\n" + (0..<200).map { "\($0 % 10 + shift),\($0 % 3)" }.joined(separator: "\n")
    }

    private static func rows(_ count: Int, at hour: Int, _ id: String) -> String {
        "prediction_id,timestamp,x,c,score,prediction\n"
            + (0..<count).map { "\(id)\($0),2026-02-01T0\(hour):00:00Z,\($0 % 10),\($0 % 4),0.5,1" }
            .joined(separator: "\n")
    }

    /// Reads twice, so that the second answer is a kept one where any is.
    private static func read(_ service: ServiceFixture) async throws -> JSONNode {
        let first = try await service.call(.get, path)
        let second = try await service.call(.get, path)
        #expect(first.status == 200)
        #expect(first.body == second.body)
        return second.body
    }

    @Test func `rows, labels, the watermark, settings and references change it at once`() async throws {
        try await ServiceFixture.with { service in
            try await service.call(
                .put, "/v1/models/m",
                """
                {"task": "binary", "classes": ["0", "1"], "windows": [{"length": "2h", "step": "1h"}],
                 "features": {"x": {"type": "numeric"}, "c": {"type": "categorical"}}}
                """)
            try await service.call(.put, "/v1/models/m/references/training", Self.reference(0), type: "text/csv")
            let send = { (body: String) in
                try await service.call(.post, "/v1/models/m/predictions", body, type: "text/csv")
            }
            _ = try await send(Self.rows(100, at: 4, "a"))
            let before = try await Self.read(service)
            #expect(before["predictions"]?.double == 100)

            _ = try await send(Self.rows(50, at: 5, "b"))
            let more = try await Self.read(service)
            #expect(more["predictions"]?.double == 150)
            #expect(more["window"]?["complete"]?.bool == false)

            _ = try await service.call(
                .post, "/v1/models/m/watermark", #"{"to": "2026-02-01T08:00:00Z"}"#)
            #expect(try await Self.read(service)["window"]?["complete"]?.bool == true)

            _ = try await service.call(
                .post, "/v1/models/m/labels", "prediction_id,actual\na0,1\na1,0", type: "text/csv")
            #expect(try await Self.read(service)["labels"]?.double == 2)

            _ = try await service.call(
                .put, "/v1/models/m", #"{"alerting": {"false_alarm_rate": 0.2, "control": "none"}}"#)
            let stricter = try await Self.read(service)["features"]?["x"]?["drift"]?["psi"]?["threshold"]?.double
            #expect(stricter != more["features"]?["x"]?["drift"]?["psi"]?["threshold"]?.double)

            _ = try await service.call(.put, "/v1/models/m/references/other", Self.reference(5), type: "text/csv")
            let other = try await service.call(.get, Self.path + "&reference=other")
            #expect(other.body["reference"]?["name"]?.string == "other")
            #expect(try await Self.read(service)["reference"]?["name"]?.string == "training")
        }
    }
}
