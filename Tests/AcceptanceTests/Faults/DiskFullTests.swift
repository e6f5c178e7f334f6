import Foundation
import Testing

extension AcceptanceSuite {
    /// No room left on the disk.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct DiskFullTests {
        @Test(.enabled(if: getuid() == 0, "mounting a small volume needs root"))
        func `a full disk refuses rows, loses none, and takes them again once there is room`() async throws {
            try await SmallVolume.with(megabytes: 256) { volume in
                try await Service.with(Service.Files(data: "\(volume.folder)/data")) { service in
                    try await RowSender.prepare(service.client)
                    let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                        try await ledger.waitForProgress()
                        try volume.fill()
                        let isRefused = try await Waiting.until(within: .seconds(60)) { ledger.retries > 10 }
                        #expect(isRefused, "rows are refused while the disk is full")
                        try volume.empty()
                        try await ledger.waitForProgress(within: .seconds(90))
                    }
                    let expected = ledger.attempted
                    var counted = RowTotals()
                    _ = try await Waiting.until(within: .seconds(30)) {
                        counted = try await RowTotals(readFrom: service.client)
                        return counted == expected
                    }
                    #expect(counted == expected)
                    let rows = try await service.ownDatabase.number(
                        "SELECT count(DISTINCT prediction_id) FROM prediction")
                    #expect(rows == expected.rows)
                    print("disk full: \(ledger.retries) requests sent again, \(expected.rows) rows, 0 lost")
                }
            }
        }
    }
}
