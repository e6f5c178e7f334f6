import Foundation
import Testing

extension AcceptanceSuite {
    /// Nowhere to write the log to.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct LogLossTests {
        /// Where standard error leads, in the words of a shell.
        enum Lost: String, CaseIterable {
            /// Every line fails, as on a full disk.
            case full = "2>/dev/full"
            /// The first connection that is opened would get its number.
            case closed = "2>&-"
            case allClosed = "<&- >&- 2>&-"
            /// Who read it is gone.
            case unread = "2> >(exec true)"
        }

        @Test(arguments: Lost.allCases)
        func `rows are taken while no line of the log can be written`(lost: Lost) async throws {
            try await OwnDatabase.with { database in
                var files = Service.Files(databaseURL: database.url)
                files.settings = "log_level: debug\n"
                try await Service.withFolder(files) { service in
                    service.program = ["/bin/bash", "-c", "exec \"$@\" \(lost.rawValue)", "bash"]
                    try await service.start()
                    try await RowSender.prepare(service.client)
                    let ledger = try await RowLedger.withSenders(2, on: service.client) { ledger in
                        try await ledger.waitForProgress()
                        // Whatever is refused may be told in the log as well.
                        let refused = try await service.client.send(
                            "POST", "/v1/models/kills/predictions", Array("{".utf8))
                        #expect(refused.status == 422 || refused.status == 400)
                        try await ledger.waitForProgress()
                    }
                    #expect(try await database.number("SELECT count(*) FROM prediction") == ledger.attempted.rows)
                    let metrics = try await service.client.send("GET", "/metrics").text
                    let line = metrics.split(separator: "\n").first {
                        $0.hasPrefix("driftline_log_lines_dropped_total ")
                    }
                    let dropped = try #require(line?.split(separator: " ").last.flatMap { Int($0) })
                    let isCounted = lost == .full || lost == .unread
                    #expect(isCounted ? dropped > 0 : dropped == 0, "\(lost): \(dropped)")
                    try await service.stop()
                }
            }
        }
    }
}
