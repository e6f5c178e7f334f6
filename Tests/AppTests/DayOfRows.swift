import App
import HTTPTypes
import JSON
import Monitoring
import Testing

/// A day of predictions, labels and corrections, and what a service tells of it.
enum DayOfRows {
    static let model = """
        {"task": "binary", "features": {"x": {"type": "numeric"}, "c": {"type": "categorical"}}, "classes": ["0", "1"],
         "segments": [["c"]], "windows": [{"length": "24h", "step": "1h"}]}
        """

    static var reference: String {
        let rows = (0..<200).map {
            "\($0 % 50),\($0 % 3 == 0 ? "a" : "b"),\($0 % 2),\(Double($0 % 100) / 100),\($0 % 2)\n"
        }
        return "x,c,prediction,score,actual\n" + rows.joined()
    }

    /// A request to come: which noun, and its rows.
    struct Post {
        let noun: String
        let lines: String
    }

    /// Predictions and labels of an hour each, corrections among them, in any order.
    static func posts(seed: UInt64) -> [Post] {
        var random = Seeded(state: seed &+ 1)
        var posts: [Post] = []
        for hour in 0..<24 {
            var rows = ""
            var labels = ""
            var corrections = ""
            for row in 0..<20 {
                let time = "2026-02-28T\(hour < 10 ? "0" : "")\(hour):\(row + 10):00Z"
                let x = Int.random(in: 0..<60, using: &random)
                let c = ["a", "b", "new\(x % 4)"].randomElement(using: &random) ?? "a"
                rows += """
                    {"prediction_id":"\(hour)-\(row)","timestamp":"\(time)","model_version":"\(row % 3)",\
                    "features":{"x":\(x),"c":"\(c)"},"prediction":"\(row % 2)","score":\(Double(x) / 60)}

                    """
                labels += """
                    {"prediction_id":"\(hour)-\(row)","actual":"\(x % 2)","timestamp":"\(time)"}

                    """
                guard row % 4 == 0 else { continue }
                corrections += """
                    {"prediction_id":"\(hour)-\(row)","actual":"\(1 - x % 2)","timestamp":"2026-02-28T23:59:00Z"}

                    """
            }
            posts += [Post(noun: "predictions", lines: rows), Post(noun: "labels", lines: labels)]
            posts.append(Post(noun: "labels", lines: corrections))
        }
        return posts.shuffled(using: &random)
    }

    static func send(_ post: Post, to service: ServiceFixture) async throws {
        let answer = try await service.call(
            .post, "/v1/models/m/\(post.noun)", post.lines, type: "application/x-ndjson")
        #expect(answer.status == 200, "\(answer.body)")
    }

    static func prepare(_ service: ServiceFixture) async throws {
        #expect(try await service.call(.put, "/v1/models/m", model).status == 201)
        let answer = try await service.call(.put, "/v1/models/m/references/training", reference, type: "text/csv")
        #expect(answer.status == 201)
    }

    /// Everything that is told of a day, but how often it was told.
    static func readings(_ service: ServiceFixture) async throws -> [JSONNode] {
        var readings: [JSONNode] = []
        for slice in ["", "&segment=c%3Db", "&version=1"] {
            let answer = try await service.call(
                .get, "/v1/models/m/windows?length=24h&end=2026-03-01T00:00:00Z\(slice)")
            #expect(answer.status == 200)
            guard case .object(let members) = answer.body else { continue }
            readings.append(.object(members.filter { $0.name != "window" }))
        }
        for measure in ["psi&feature=x", "roc_auc", "accuracy", "mean&feature=x"] {
            readings.append(
                try await service.series(
                    "m", "measure=\(measure)&length=24h&from=2026-02-28T01:00:00Z&to=2026-03-01T00:00:00Z"))
        }
        return readings
    }

    static func share(_ services: [ServiceFixture]) async throws {
        for service in services { #expect(await service.checkpointer.save()) }
        for service in services { try await service.peers.look() }
    }

    static func alone(_ posts: [Post]) async throws -> [JSONNode] {
        let slip = Mailbox<[JSONNode]>()
        try await ServiceFixture.with { service in
            try await prepare(service)
            for post in posts { try await send(post, to: service) }
            await slip.put(try await readings(service))
        }
        return try #require(await slip.content)
    }

    /// What one task leaves for another.
    private actor Mailbox<Content: Sendable> {
        private(set) var content: Content?
        func put(_ content: Content) { self.content = content }
    }

    struct Seeded: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
