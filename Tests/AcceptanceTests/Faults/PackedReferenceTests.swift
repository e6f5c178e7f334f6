import JSON
import Testing

extension AcceptanceSuite {
    /// References that come packed.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct PackedReferenceTests {
        @Test func `a packed reference is read piece by piece, and bounded by what it becomes`() async throws {
            try await Service.with { service in
                try await service.client.call("PUT", "/v1/models/m", ["task": "none"])
                let path = "/v1/models/m/references/training"
                let packed = ["Content-Encoding": "gzip"]
                let answer = try await service.client.send(
                    "PUT", path, try GzipBomb.table(rows: 200_000), type: "text/csv", headers: packed)
                #expect(answer.status == 201, "\(answer)")
                #expect(try answer.document["count"]?.int64 == 200_000)
                let before = try service.residentBytes
                let bomb = try GzipBomb.lines(of: (1 << 30) + (64 << 20))
                let refused = try await service.client.send(
                    "PUT", path, bomb, type: "application/x-ndjson", headers: packed, timeout: .seconds(200))
                #expect(refused.status == 413, "\(refused)")
                let grown = try service.residentBytes - before
                print("a packed reference of more than 1 GiB: \(bomb.count >> 10) KiB sent, \(grown >> 20) MiB more")
                #expect(grown < 64 << 20)
                let cut = try await service.client.send(
                    "PUT", path, Array(try GzipBomb.table(rows: 1000).dropLast(6)), type: "text/csv", headers: packed)
                #expect(cut.status == 400, "\(cut)")
            }
        }
    }
}
