import Foundation
import TestSupport
import Testing

extension AcceptanceSuite {
    /// A standby that commits did not wait for takes over, and some of what was acknowledged is gone with the first server.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct LossyFailoverTests {
        /// What the log of the second server holds.
        private func recount(_ database: OwnDatabase) async throws -> RowTotals {
            var totals = RowTotals()
            totals.rows = try await database.number("SELECT count(*) FROM prediction")
            totals.x = try await database.number("SELECT coalesce(sum(numbers[1]), 0)::int8 FROM prediction")
            totals.labels = try await database.number("SELECT coalesce(sum(sign), 0) FROM outcome")
            totals.hits = try await database.number(
                "SELECT coalesce(sum(sign) FILTER (WHERE predicted_class = actual_class), 0) FROM outcome")
            return totals
        }

        /// Starts the service again whenever it ends, as whoever runs it does, until rows are acknowledged.
        private func goOn(_ service: Service, _ ledger: RowLedger) async throws -> Int {
            let before = ledger.acknowledged.rows
            var starts = 0
            let goesOn = try await Waiting.until(within: .seconds(90)) {
                if !service.isRunning {
                    try await service.start()
                    starts += 1
                }
                return starts > 0 && ledger.acknowledged.rows > before
            }
            #expect(goesOn)
            return starts
        }

        @Test func `what a standby had not got is not counted after it took over, and readiness warns of that before`()
            async throws
        {
            try await StandbyPair.with(.onFirst) { pair in
                try await Service.with(Service.Files(databaseURL: pair.url)) { service in
                    let ready = try await service.client.send("GET", "/readyz")
                    #expect(ready.text.hasPrefix("ready\ndurability: async"))
                    try await RowSender.prepare(service.client)
                    let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                        try await ledger.waitForProgress()
                        try await pair.cut()
                        for _ in 0..<5 { try await ledger.waitForProgress() }
                        try pair.failOver()
                        // The log ends before what is in memory: the process ends rather than count on.
                        #expect(try await goOn(service, ledger) == 1)
                        try await ledger.waitForProgress(within: .seconds(90))
                    }
                    let database = OwnDatabase(url: pair.standby)
                    let stored = try await recount(database)
                    var counted = RowTotals()
                    _ = try await Waiting.until(within: .seconds(30)) {
                        counted = try await RowTotals(readFrom: service.client)
                        return counted == stored
                    }
                    #expect(counted == stored)
                    #expect(stored.rows < ledger.attempted.rows, "the standby had not got everything")
                    // Nobody follows any more.
                    #expect(try await service.client.send("GET", "/readyz").text == "ready\n")
                    print(
                        "\(ledger.attempted.rows - stored.rows) of \(ledger.attempted.rows) rows gone with the first server"
                    )
                }
            }
        }
    }
}
