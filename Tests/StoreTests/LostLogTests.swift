import Postgres
import Statistics
import Store
import TestSupport
import Testing

/// A standby took over that had not got everything: what a process has in memory follows from rows that are not there.
@Suite(.timeLimit(.minutes(15)))
struct LostLogTests {
    /// Takes a position of the slot back, as if the server had never got it.
    private func forget(_ change: String, _ fixture: LogFixture) async throws {
        let sql = "UPDATE writer_slot SET \(change) WHERE slot = 0"
        _ = try await fixture.store.pool.execute(Statement("test.forget", sql), [])
    }

    @Test func `a slot whose last group is gone is not renewed, and takes no checkpoint and no group`() async throws {
        try await LogFixture.with { fixture in
            _ = try await fixture.commit(fixture.predictions(["a"]))
            #expect(try await fixture.store.renewWriterSlot(fixture.slot, seconds: 60))
            try await forget("position = position - 1", fixture)
            #expect(try await !fixture.store.renewWriterSlot(fixture.slot, seconds: 60))
            let slot = fixture.slot
            await #expect(throws: PostgresError.slotLost) {
                try await fixture.store.save(Checkpoint(position: slot.position, removals: slot.removals), slot: slot)
            }
            await #expect(throws: PostgresError.slotLost) {
                _ = try await fixture.commit(fixture.predictions(["b"]))
            }
        }
    }

    @Test func `a slot whose last checkpoint is gone takes no later one`() async throws {
        try await LogFixture.with { fixture in
            _ = try await fixture.commit(fixture.predictions(["a"]))
            let first = Checkpoint(position: fixture.slot.position, removals: fixture.slot.removals)
            try await fixture.store.save(first, slot: fixture.slot)
            fixture.slot.checkpoint = first.position
            try await forget("checkpoint = 0", fixture)
            #expect(try await !fixture.store.renewWriterSlot(fixture.slot, seconds: 60))
            let slot = fixture.slot
            await #expect(throws: PostgresError.slotLost) { try await fixture.store.save(first, slot: slot) }
        }
    }

    @Test func `a checkpoint whose answer was lost is saved again`() async throws {
        try await LogFixture.with { fixture in
            _ = try await fixture.commit(fixture.predictions(["a"]))
            let checkpoint = Checkpoint(position: fixture.slot.position, removals: fixture.slot.removals)
            // The slot's holder does not know that the first one came through.
            for _ in 0..<2 { try await fixture.store.save(checkpoint, slot: fixture.slot) }
            #expect(try await fixture.store.writerSlots().first?.checkpoint == checkpoint.position)
        }
    }
}
