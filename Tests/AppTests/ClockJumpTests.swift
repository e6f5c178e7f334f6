import App
import JSON
import Monitoring
import Store
import Testing

/// A wall clock that goes wrong.
@Suite(.timeLimit(.minutes(15)))
struct ClockJumpTests {
    @Test func `a clock that jumps back and forth by hours loses no row, lowers no watermark and costs no lease`()
        async throws
    {
        let posts = DayOfRows.posts(seed: 21)
        let expected = try await DayOfRows.alone(posts)
        try await ServiceFixture.with { service in
            try await DayOfRows.prepare(service)
            let model = try #require(try await service.models.model(named: "m"))
            var reached: Time?
            for (place, post) in posts.enumerated() {
                let hours: Int64 = [0, 3, -1, 20, 1][place % 5]
                service.time.set(ServiceFixture.start + PrometheusDuration(microseconds: (2 + hours) * 3_600_000_000))
                try await DayOfRows.send(post, to: service)
                try await service.peers.look()
                let watermark = await model.windows.progress.watermark
                if let reached { #expect(try #require(watermark) >= reached) }
                reached = watermark ?? reached
                if place % 10 == 0 { #expect(await service.checkpointer.save()) }
            }
            #expect(try await service.store.renewWriterSlot(service.slot.current, seconds: 600))
            #expect(try await DayOfRows.readings(service) == expected)
            // The next process has a clock that is a day behind.
            #expect(await service.checkpointer.save())
            let written = reached
            try await ServiceFixture.on(service.pool) { restarted in
                restarted.time.set(Time(rfc3339: "2026-02-27T00:00:00Z") ?? ServiceFixture.start)
                let model = try #require(try await restarted.models.model(named: "m"))
                let newest = try #require(Time(rfc3339: "2026-02-28T23:29:00Z"))
                let watermark = try #require(await model.windows.progress.watermark)
                #expect(watermark >= newest && watermark <= written ?? watermark)
                #expect(try await DayOfRows.readings(restarted) == expected)
            }
        }
    }

    @Test func `leases run in the database's time, whatever a process thinks of it`() async throws {
        try await ServiceFixture.with { service in
            let store = service.store
            let lease = try #require(try await store.lease("test", holder: "a", seconds: 60))
            service.time.set(Time(rfc3339: "2126-01-01T00:00:00Z") ?? ServiceFixture.start)
            #expect(try await store.lease("test", holder: "b", seconds: 60) == nil)
            let again = try await store.lease("test", holder: "a", seconds: 60, renewing: lease)
            #expect(again?.term == lease.term)
            #expect(try await service.takeover.run() == false)
        }
    }
}
