import Monitoring
import Postgres
import Statistics
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct LogWriterTests {
    @Test func `a row is stored once however often it is sent`() async throws {
        try await LogFixture.with { log in
            let first = try await log.commit(log.predictions(["a", "b"]))
            let again = try await log.commit(log.predictions(["a", "b", "c"]), log.predictions(["a", "b", "c"]))
            #expect(first[0].fresh == [0, 1])
            #expect(again[0].fresh == [2])
            #expect(again[0].duplicates == 2)
            #expect(again[1].duplicates == 3)
            #expect(try await log.count("prediction") == 3)
            #expect(try await log.count("identity") == 3)
        }
    }

    @Test func `the same id with other content is rejected and the first stays`() async throws {
        try await LogFixture.with { log in
            _ = try await log.commit(log.predictions(["a"], x: 1))
            let other = try await log.commit(log.predictions(["a", "b"], x: 2))
            #expect(other[0].rejections.map(\.index) == [0])
            #expect(other[0].fresh == [1])
            #expect(try await log.count("prediction") == 2)
        }
    }

    @Test func `another model version of the same id is another prediction`() async throws {
        try await LogFixture.with { log in
            _ = try await log.commit(log.predictions(["a"], version: "1"), log.predictions(["a"], version: "2"))
            let results = try await log.commit(log.labels(["a"]))
            #expect(results[0].deltas.count == 2)
            #expect(try await log.count("outcome") == 2)
        }
    }

    @Test func `a label that comes before its prediction is counted once`() async throws {
        try await LogFixture.with { log in
            let early = try await log.commit(log.labels(["a"]))
            #expect(early[0].pending == 1)
            #expect(early[0].deltas.isEmpty)
            let later = try await log.commit(log.predictions(["a"]), log.labels(["a"]))
            #expect(later[0].deltas.count == 1)
            #expect(later[1].duplicates == 1)
            #expect(try await log.count("outcome") == 1)
        }
    }

    @Test func `a label and its prediction in one group meet`() async throws {
        try await LogFixture.with { log in
            let results = try await log.commit(log.labels(["a"]), log.predictions(["a"]))
            #expect(results[0].pending == 1)
            #expect(results[1].deltas.count == 1)
        }
    }

    @Test func `a corrected label takes the old one away`() async throws {
        try await LogFixture.with { log in
            _ = try await log.commit(log.predictions(["a"]), log.labels(["a"], actual: "0"))
            let corrected = try await log.commit(log.labels(["a"], actual: "1", hours: 2))
            #expect(corrected[0].corrections == 1)
            #expect(corrected[0].deltas.map(\.sign).reduce(0, +) == 0)
        }
    }

    @Test(arguments: ["\\.", "a\nb", "NULL", "\\N", "\"", "'; DROP TABLE prediction; --", "\u{202E}abc"])
    func `any text survives as it was sent`(text: String) async throws {
        try await LogFixture.with { log in
            let results = try await log.commit(log.predictions(["x", ByteText(text), "y"], category: ByteText(text)))
            #expect(results[0].fresh.count == 3)
            let found = try await log.store.pool.query(
                Statement("test.text", "SELECT prediction_id, categories[1] FROM prediction ORDER BY event_time"), []
            ) { row throws(PostgresError) in [try row.string(0), try row.string(1)] }
            #expect(found.map { Array($0[0].utf8) } == ["x", text, "y"].map { Array($0.utf8) })
            #expect(found.allSatisfy { Array($0[1].utf8) == Array(text.utf8) })
        }
    }

    @Test func `ids that differ in their Unicode form only are two`() async throws {
        try await LogFixture.with { log in
            let results = try await log.commit(log.predictions(["caf\u{E9}", "cafe\u{301}"]))
            #expect(results[0].fresh == [0, 1])
        }
    }

    @Test func `one row that the database refuses stores nothing of its group`() async throws {
        try await LogFixture.with { log in
            let group = log.predictions(["a", "b\u{0}", "c"])
            let error = await #expect(throws: PostgresError.self) {
                try await log.writer.commit([group], slot: log.slot)
            }
            #expect(error?.sqlState?.blamesData == true)
            let stored = try await log.count("prediction") + log.count("identity")
            #expect(stored == 0)
        }
    }

    @Test func `a writer whose term is over cannot commit`() async throws {
        try await LogFixture.with { log in
            let old = log.slot
            let taken = try await log.store.takeWriterSlot(0, holder: "here", seconds: 60)
            #expect(taken.map { $0.term > old.term } ?? false)
            await #expect(throws: PostgresError.slotLost) {
                try await log.writer.commit([log.predictions(["a"])], slot: old)
            }
            #expect(try await log.count("prediction") == 0)
        }
    }

    @Test func `another process gets the slot only when its lease is over`() async throws {
        try await LogFixture.with { log in
            #expect(try await log.store.takeWriterSlot(0, holder: "there", seconds: 60) == nil)
            #expect(try await log.store.takeWriterSlot(0, holder: "here", seconds: 0) != nil)
            let taken = try await log.store.takeWriterSlot(0, holder: "there", seconds: 60)
            #expect(taken?.holder == "there")
        }
    }

    @Test func `what was committed after a position is read again, exactly`() async throws {
        try await LogFixture.with { log in
            _ = try await log.commit(log.predictions(["a", "b"]))
            _ = try await log.commit(log.predictions(["c"]), log.labels(["a"]))
            _ = try await log.commit(log.predictions(["d"]))
            var change = ModelSchemaChange()
            change.task = .binary
            change.features = [
                FeatureDeclaration(name: "x", kind: .numeric), FeatureDeclaration(name: "c", kind: .categorical),
            ]
            let schema = try ModelSchema.creating(from: change)
            var ids: [ByteText] = []
            let reader = LogReader(store: log.store)
            try await reader.predictions(of: log.model, schema: schema, .after(position: 1, slot: 0)) { rows in
                ids += rows.batch.ids
            }
            #expect(ids.sorted() == ["c", "d"])
            var deltas: [OutcomeDelta] = []
            try await reader.outcomes(of: log.model, .after(position: 1, slot: 0)) { part, _ in deltas += part }
            #expect(deltas.count == 1)
        }
    }
}
