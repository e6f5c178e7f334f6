import JSON
import Testing

extension AcceptanceSuite {
    /// Who is let in.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct AccessTests {
        @Test
        func `without a key only loopback is served, and with one those who show it`() async throws {
            try await Service.withFolder { service in
                let refused = try service.launch(listen: "0.0.0.0:\(service.port)")
                #expect(try await refused.status(within: .seconds(30)) > 0)
                #expect(service.log.contains("driftline keys create"), "\(service.log.suffix(1000))")

                let made = try await service.run(["keys", "create", "--data", "\(service.folder)/data"])
                try #require(made.status == 0, "\(made.output)")
                let key = made.output.split(separator: "\n").last.map(String.init) ?? ""
                #expect(key.utf8.count >= 20 && !key.contains(" "), "the key stands alone on a line")

                try await service.start(listen: "0.0.0.0:\(service.port)")
                let client = service.client
                let forwarded = ["X-Forwarded-For": "203.0.113.7"]
                func status(_ headers: [String: String], _ path: String = "/v1/models") async throws -> Int {
                    try await client.send("GET", path, headers: headers).status
                }
                #expect(try await status([:]) == 200, "loopback is open")
                #expect(try await status(forwarded) == 401)
                #expect(try await status(forwarded, "/metrics") == 401)
                #expect(try await status(forwarded, "/readyz") == 200)
                #expect(try await status(["Forwarded": "for=203.0.113.7"]) == 401)
                let wrong = forwarded.merging(["Authorization": "Bearer \(key)x"]) { $1 }
                #expect(try await status(wrong) == 401)
                let right = forwarded.merging(["Authorization": "Bearer \(key)"]) { $1 }
                #expect(try await status(right) == 200)
                let answer = try await client.send("GET", "/v1/models", headers: forwarded)
                #expect(answer.type == "application/problem+json")
                try await service.stop()
                #expect(!service.log.contains(key))
            }
        }

        @Test
        func `a key that is made while the service runs is taken at once`() async throws {
            try await Service.with { service in
                let made = try await service.run(["keys", "create", "--data", "\(service.folder)/data"])
                try #require(made.status == 0, "\(made.output)")
                let key = made.output.split(separator: "\n").last.map(String.init) ?? ""
                let client = service.client
                let isTaken = try await Waiting.until(within: .seconds(10)) {
                    let headers = ["X-Forwarded-For": "203.0.113.7", "Authorization": "Bearer \(key)"]
                    return try await client.send("GET", "/v1/models", headers: headers).status == 200
                }
                #expect(isTaken)
            }
        }
    }
}
