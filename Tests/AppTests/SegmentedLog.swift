import App
import HTTPTypes
import JSON
import Monitoring
import Statistics
import Testing

/// A binary model with rows in two countries and two versions, whose counts are known.
enum SegmentedLog {
    static let end = "2026-02-02T00:00:00Z"
    static let window = "length=24h&end=2026-02-02T00:00:00Z"

    /// One block of equal rows.
    struct Block {
        let country: String?
        let version: String
        let prediction: Int
        let actual: Int?
        let count: Int
        var score = 0.5
        var x = 1.0
    }

    static func model(_ service: ServiceFixture, task: String = "binary") async throws {
        let answer = try await service.call(
            .put, "/v1/models/m",
            """
            {"task":"\(task)","features":{"x":{"type":"numeric"},"country":{"type":"categorical"},"device":{"type":"categorical"}},
             "segments":[["country"],["country","device"]],"windows":[{"length":"24h","step":"1h"}]}
            """)
        #expect(answer.status == 201)
    }

    /// Sends blocks of rows with their labels; ids are `prefix` and a running number.
    static func send(_ blocks: [Block], _ service: ServiceFixture, prefix: String = "r", day: String = "2026-02-01")
        async throws
    {
        var (rows, labels): ([String], [String]) = ([], [])
        for block in blocks {
            for _ in 0..<block.count {
                let id = "\(prefix)\(rows.count)"
                let country = block.country.map { "\"\($0)\"" } ?? "null"
                rows.append(
                    """
                    {"prediction_id":"\(id)","timestamp":"\(day)T10:00:00Z","model_version":"\(block.version)",\
                    "features":{"x":\(block.x),"country":\(country),"device":"ios"},"prediction":"\(block.prediction)",\
                    "score":\(block.score)}
                    """)
                if let actual = block.actual { labels.append("{\"prediction_id\":\"\(id)\",\"actual\":\"\(actual)\"}") }
            }
        }
        try await post("predictions", rows, service)
        try await post("labels", labels, service)
    }

    static func post(_ noun: String, _ rows: [String], _ service: ServiceFixture) async throws {
        for start in stride(from: 0, to: rows.count, by: 5000) {
            let body = rows[start..<min(start + 5000, rows.count)].joined(separator: "\n")
            let answer = try await service.call(
                .post, "/v1/models/m/\(noun)", body, type: "application/x-ndjson")
            #expect(answer.status == 200)
        }
    }

    /// Two countries: 70 % right in DE, 90 % in FR; positives predicted for 60 % and 30 %.
    static let blocks = [
        Block(country: "DE", version: "1", prediction: 1, actual: 1, count: 40, score: 0.8),
        Block(country: "DE", version: "1", prediction: 1, actual: 0, count: 20, score: 0.7),
        Block(country: "DE", version: "1", prediction: 0, actual: 1, count: 10, score: 0.3),
        Block(country: "DE", version: "1", prediction: 0, actual: 0, count: 30, score: 0.1),
        Block(country: "FR", version: "2", prediction: 1, actual: 1, count: 55, score: 0.9, x: 2),
        Block(country: "FR", version: "2", prediction: 1, actual: 0, count: 5, score: 0.6, x: 2),
        Block(country: "FR", version: "2", prediction: 0, actual: 1, count: 15, score: 0.4, x: 2),
        Block(country: "FR", version: "2", prediction: 0, actual: 0, count: 125, score: 0.2, x: 2),
        Block(country: nil, version: "2", prediction: 0, actual: nil, count: 7, score: 0.2),
    ]
}

extension JSONNode {
    /// The member at a path of names, and of places in arrays.
    func at(_ path: String...) -> JSONNode {
        path.reduce(self) { node, name in
            if let place = Int(name), let elements = node.elements {
                return elements.indices.contains(place) ? elements[place] : .null
            }
            return node[name] ?? .null
        }
    }

    /// The element whose member has a text.
    func element(_ name: String, _ text: String) -> JSONNode {
        elements?.first { $0[name]?.string.map { ByteText($0) == ByteText(text) } ?? false } ?? .null
    }
}
