import Foundation
import TestSupport
import Testing

extension AcceptanceSuite {
    /// A database that dies in parts, is full of strangers, silent, slow or mad: nothing acknowledged is lost or counted twice, and
    /// the service goes on by itself.
    @Suite(.serialized, .timeLimit(.minutes(10)))
    struct DatabaseFaultTests {
        /// What became of some senders, in the windows and by a recount in SQL.
        private func expectCounted(_ ledger: RowLedger, _ client: ServiceClient, _ database: OwnDatabase) async throws {
            let expected = ledger.attempted
            var counted = RowTotals()
            _ = try await Waiting.until(within: .seconds(30)) {
                counted = try await RowTotals(readFrom: client)
                return counted == expected
            }
            #expect(counted == expected)
            #expect(try await database.number("SELECT count(*) FROM prediction") == expected.rows)
        }

        /// Runs senders against a service whose connections pass a proxy.
        private func withFault(_ body: (FaultyProxy, Service, RowLedger) async throws -> Void) async throws {
            try await OwnDatabase.with { database in
                try await FaultyProxy.with(before: database.url) { proxy, url in
                    try await Service.with(Service.Files(databaseURL: url)) { service in
                        try await RowSender.prepare(service.client)
                        let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                            try await ledger.waitForProgress()
                            do { try await body(proxy, service, ledger) } catch {
                                proxy.set(.none)
                                throw error
                            }
                            proxy.set(.none)
                            try await ledger.waitForProgress(within: .seconds(90))
                        }
                        let isReady = try await Waiting.until(within: .seconds(10)) { await service.client.isReady() }
                        #expect(isReady && service.isRunning)
                        try await expectCounted(ledger, service.client, database)
                        print("\(ledger.attempted.rows) rows, \(ledger.retries) requests sent again, 0 lost")
                    }
                }
            }
        }

        /// Kills the server's process of one of the service's sessions; false where there is none or none can be asked for.
        private func killSession(of database: OwnDatabase) async throws -> Bool {
            do {
                let backend = try await database.number(
                    """
                    SELECT coalesce((SELECT pid FROM pg_stat_activity WHERE application_name = 'driftline'
                        AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1), 0)
                    """)
                return backend > 0 && kill(Int32(backend), SIGKILL) == 0
            } catch {
                return false
            }
        }

        @Test func `a server's process that is killed takes its sessions along and no row`() async throws {
            try await Service.with { service in
                try await RowSender.prepare(service.client)
                let database = service.ownDatabase
                let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                    for _ in 0..<5 {
                        try await ledger.waitForProgress()
                        // What was acknowledged may have come before the last kill: then the server recovers still.
                        let isKilled = try await Waiting.until(within: .seconds(60)) {
                            try await killSession(of: database)
                        }
                        #expect(isKilled)
                    }
                    try await ledger.waitForProgress(within: .seconds(90))
                }
                #expect(service.isRunning)
                try await expectCounted(ledger, service.client, database)
            }
        }

        @Test func `strangers that take every connection cost refusals until they are gone`() async throws {
            try await OwnDatabase.with { database in
                let role = "limited_\(UUID().uuidString.prefix(8).lowercased())"
                let name = try #require(database.url.split(separator: " ").last?.dropFirst("dbname=".count))
                try await TestServer.run(
                    "CREATE ROLE \(role) LOGIN; ALTER DATABASE \(name) OWNER TO \(role); ALTER ROLE \(role) CONNECTION LIMIT 16",
                    at: database.url)
                let url = database.url.split(separator: " ").filter { !$0.hasPrefix("user=") } + ["user=\(role)"]
                try await Service.with(Service.Files(databaseURL: url.joined(separator: " "))) { service in
                    try await RowSender.prepare(service.client)
                    let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                        try await ledger.waitForProgress()
                        try await Strangers.with(at: url.joined(separator: " "), most: 16, endedBy: database.url) {
                            // The service's own sessions end until all their places are taken.
                            let areAllTaken = try await Waiting.until(within: .seconds(60)) {
                                try await TestServer.run(
                                    """
                                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                    WHERE application_name = 'driftline' AND usename = '\(role)'
                                    """, at: database.url)
                                return try await database.number(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'stranger'") == 16
                            }
                            #expect(areAllTaken)
                            let before = ledger.retries
                            let isRefused = try await Waiting.until(within: .seconds(60)) {
                                ledger.retries > before + 3
                            }
                            #expect(isRefused, "rows are refused while there is no connection")
                            #expect(service.isRunning)
                        }
                        try await ledger.waitForProgress(within: .seconds(90))
                    }
                    try await expectCounted(ledger, service.client, database)
                }
                try await TestServer.run(
                    "REASSIGN OWNED BY \(role) TO CURRENT_USER; DROP OWNED BY \(role); DROP ROLE \(role)",
                    at: database.url)
            }
        }

        @Test func `a server whose place another one takes loses nothing that was acknowledged`() async throws {
            try await StandbyPair.with { pair in
                try await Service.with(Service.Files(databaseURL: pair.url)) { service in
                    try await RowSender.prepare(service.client)
                    let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                        try await ledger.waitForProgress()
                        try pair.failOver()
                        try await ledger.waitForProgress(within: .seconds(90))
                    }
                    #expect(service.isRunning)
                    try await expectCounted(ledger, service.client, OwnDatabase(url: pair.standby))
                }
            }
        }

        @Test
        func `a database that is silent for longer than a lease makes the service not ready, and costs nothing else`()
            async throws
        {
            try await withFault { proxy, service, ledger in
                proxy.set(.silence)
                let isNoticed = try await Waiting.until(within: .seconds(20)) { await !service.client.isReady() }
                #expect(isNoticed, "readiness is false while the database is silent")
                // Two rounds of three senders: nobody waits for as long as a connection is given.
                let before = ledger.retries
                let isRefused = try await Waiting.until(within: .seconds(15)) { ledger.retries >= before + 6 }
                #expect(isRefused, "rows are refused while the database is silent")
                #expect(service.isRunning)
            }
        }

        @Test func `a database two seconds away stores every row once`() async throws {
            try await withFault { proxy, service, ledger in
                proxy.set(.delay(milliseconds: 2000))
                // Some requests are given up by their senders, and sent again while the first ones are still on their way.
                _ = try await Waiting.until(within: .seconds(45)) { ledger.retries > 2 }
                #expect(service.isRunning)
            }
        }

        @Test func `a server that answers with garbage is left, and asked again`() async throws {
            try await withFault { proxy, service, ledger in
                for _ in 0..<3 {
                    let before = ledger.retries
                    proxy.set(.garbage)
                    let isRefused = try await Waiting.until(within: .seconds(90)) { ledger.retries > before }
                    #expect(isRefused, "what is not understood is not taken for an answer")
                    proxy.set(.none)
                    try await ledger.waitForProgress(within: .seconds(90))
                }
                #expect(service.isRunning)
            }
        }
    }
}
