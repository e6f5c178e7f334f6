import NIOCore
import NIOPosix

/// Connections that were opened and say nothing.
package enum IdleConnections {
    /// Runs the body while so many connections to a port of this machine are open.
    package static func with<Result>(
        _ count: Int, to port: Int, _ body: () async throws -> Result
    ) async throws -> Result {
        var channels: [any Channel] = []
        let outcome: Swift.Result<Result, any Error>
        do {
            for _ in 0..<count {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connect(host: "127.0.0.1", port: port).get()
                channels.append(channel)
            }
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        for channel in channels { channel.close(promise: nil) }
        return try outcome.get()
    }
}
