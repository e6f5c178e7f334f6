import TestSupport
import Testing

extension AcceptanceSuite {
    /// Keys that are none, in places where they belong and where they do not.
    @Suite(.serialized, .timeLimit(.minutes(5)), HostileService())
    struct HostileKeyTests {
        private static let elsewhere = "X-Forwarded-For: 203.0.113.7\r\n"

        private static let wrong = HostileInput.all(
            HostileInput.each([
                "", "Bearer", "Bearer ", "Bearer x y", "Bearer \(String(repeating: "a", count: 2000))", "Bearer \u{e9}",
                "Basic eDp5", "Bearer dlk_\(String(repeating: "0", count: 64))", "dlk_x", "Digest a", "Bearer ,",
            ]) { .get("Authorization: \($0.prefix(30))", "/v1/models", "\(elsewhere)Authorization: \($0)\r\n", 401) },
            [
                .get("no key", "/v1/models", elsewhere, 401),
                .get("a path that is not there", "/nowhere", elsewhere, 401),
                .get("a zero byte", "/v1/models", "\(elsewhere)Authorization: Bearer a\0\r\n", 400),
                .get(
                    "a key of 1 MiB", "/v1/models",
                    "\(elsewhere)Authorization: Bearer \(String(repeating: "a", count: 1 << 20))\r\n", 431),
                .get("two headers", "/v1/models", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n", 400),
            ],
            HostileInput.each(parameters) { .get("?\($0)", "/v1/models?\($0)=dlk_x", 400) },
            HostileInput.each(parameters) { .get("?\($0) from elsewhere", "/v1/models?\($0)=dlk_x", elsewhere, 400) })

        private static let parameters = ["access_token", "api_key", "apikey", "key", "token", "API_KEY"]

        @Test(arguments: wrong)
        func `a key is one that was made, in its header`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test func `who tries many keys is told to wait, and a good key from the same place still passes`() async throws
        {
            let target = try #require(HostileService.current)
            var statuses: [Int] = []
            // More than may be tried within a minute, even where a new one begins meanwhile.
            for attempt in 0..<250 {
                let headers = ["X-Forwarded-For": "203.0.113.7", "Authorization": "Bearer dlk_\(attempt)"]
                let answer = try await target.client.send("GET", "/v1/models", headers: headers)
                if answer.status == 429 { #expect((1...60).contains(answer.retryAfter ?? 0)) }
                statuses.append(answer.status)
            }
            #expect(Set(statuses) == [401, 429])
            let good = ["X-Forwarded-For": "203.0.113.7", "Authorization": "Bearer \(target.key)"]
            #expect(try await target.client.send("GET", "/v1/models", headers: good).status == 200)
        }
    }
}
