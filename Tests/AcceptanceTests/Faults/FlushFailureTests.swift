import Foundation
import Testing

extension AcceptanceSuite {
    /// A disk that says it could not keep what it was given.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct FlushFailureTests {
        /// Lets `fdatasync` fail with EIO while a file is there, whose name a server gets from the service's environment.
        private static let shim = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <errno.h>
            #include <stdlib.h>
            #include <unistd.h>
            int fdatasync(int file) {
                const char *flag = getenv("TEST_FAILING_FLUSH");
                if (flag && access(flag, F_OK) == 0) {
                    errno = EIO;
                    return -1;
                }
                int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
                return real(file);
            }
            """

        @Test(.enabled(if: ForeignTool.areThere("clang"), "needs a C compiler"))
        func `a server that panics because its disk failed takes no acknowledged row along`() async throws {
            try await Service.withFolder { service in
                let (source, library, flag) = (
                    "\(service.folder)/eio.c", "\(service.folder)/eio.so", "\(service.folder)/eio"
                )
                try Data(Self.shim.utf8).write(to: URL(filePath: source))
                let compiler = try #require(ForeignTool("clang"))
                let built = try compiler.run(["-shared", "-fPIC", "-o", library, source, "-ldl"])
                try #require(built.status == 0, "\(built.output)")
                service.program = ["/usr/bin/env", "LD_PRELOAD=\(library)", "TEST_FAILING_FLUSH=\(flag)"]
                try await service.start()
                try await RowSender.prepare(service.client)
                let ledger = try await RowLedger.withSenders(3, on: service.client) { ledger in
                    for _ in 0..<2 {
                        try await ledger.waitForProgress(within: .seconds(90))
                        let before = ledger.retries
                        try Data().write(to: URL(filePath: flag))
                        let isRefused = try await Waiting.until(within: .seconds(60)) { ledger.retries > before }
                        #expect(isRefused, "rows are refused while nothing can be flushed")
                        try FileManager.default.removeItem(atPath: flag)
                    }
                    try await ledger.waitForProgress(within: .seconds(90))
                }
                let expected = ledger.attempted
                var counted = RowTotals()
                _ = try await Waiting.until(within: .seconds(30)) {
                    counted = try await RowTotals(readFrom: service.client)
                    return counted == expected
                }
                #expect(counted == expected)
                let (rows, ids) = (
                    try await service.ownDatabase.number("SELECT count(*) FROM prediction"),
                    try await service.ownDatabase.number("SELECT count(DISTINCT prediction_id) FROM prediction")
                )
                #expect(rows == expected.rows && ids == expected.rows)
                #expect(try panics(service) > 0, "the server says why it ended")
                print("flush failures: \(ledger.retries) requests sent again, \(rows) rows, 0 lost")
                try await service.stop()
            }
        }

        /// How often the server's log tells of a panic.
        private func panics(_ service: Service) throws -> Int {
            let folder = "\(service.data)/postgres/log"
            return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { count, name in
                let log = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
                return count + log.split(separator: "PANIC:").count - 1
            }
        }
    }
}
