import JSON
import TestSupport
import Testing

extension AcceptanceSuite {
    /// What stands in a request: each input has the answer that the interface promises, and nothing else of it is stored.
    @Suite(.serialized, .timeLimit(.minutes(10)), HostileService())
    struct HostileBodyTests {
        @Test(arguments: DocumentInputs.types)
        func `only media types and codings that are known are read`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: DocumentInputs.encodings)
        func `text is UTF-8`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: DocumentInputs.packing)
        func `a packed body is one whole member of bounded size`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: DocumentInputs.syntax)
        func `what is nearly JSON is refused as a whole`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: DocumentInputs.sizes)
        func `depth, keys, texts and rows are bounded`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: DocumentInputs.text)
        func `bytes that are no text are refused where they stand`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: DocumentInputs.lines)
        func `a bad line rejects itself alone`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.shapes)
        func `what is no row is not stored`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.numbers)
        func `numbers beyond a double are null in a feature and reject a score`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.types)
        func `a wrong type is null and counted, an unknown member rejects its row`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.ids)
        func `ids are bytes and name one row`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.wide)
        func `wide rows and many categories are stored`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.times)
        func `a time is what RFC 3339 says, and not in the future`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.tables)
        func `a table is what RFC 4180 says`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.keys)
        func `a key of a request is one text`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test(arguments: ValueInputs.stretches)
        func `stretches and limits are bounded`(input: HostileInput) async throws {
            try await HostileService.check(input)
        }

        @Test func `a label waits for its prediction, and another one for it is a correction`() async throws {
            let client = try #require(HostileService.current).client
            let path = HostileInput.labels
            let first = try await client.call("POST", path, Array(#"{"prediction_id":"later","actual":"1"}"#.utf8))
            #expect(first["accepted"]?.int64 == 1 && first["pending"]?.int64 == 1)
            let again = try await client.call(
                "POST", path, Array(#"{"prediction_id":"later","actual":"0","timestamp":"2026-01-01T00:00:00Z"}"#.utf8))
            #expect(again["accepted"]?.int64 == 1)
            let other = try await client.send("POST", path, Array(#"{"prediction_id":"later","actual":"7"}"#.utf8))
            #expect(other.status == 422)
        }
    }
}
