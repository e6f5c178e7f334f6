import NIOCore
import NIOPosix

/// A connection on which one request follows the other.
package final class KeptConnection {
    /// The server ended the connection before its answer was whole.
    package struct Ended: Error {}

    private var answers: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let requests: NIOAsyncChannelOutboundWriter<ByteBuffer>

    private init(
        _ answers: NIOAsyncChannelInboundStream<ByteBuffer>, _ requests: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.answers = answers.makeAsyncIterator()
        self.requests = requests
    }

    /// Runs the body with a connection to a port of this machine.
    package static func with<Result>(
        to port: Int, _ body: (KeptConnection) async throws -> Result
    ) async throws -> Result {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body(KeptConnection(inbound, outbound))
        }
    }

    /// Posts text, and waits for the status of the answer.
    package func post(_ path: String, type: String, _ text: String) async throws -> Int {
        let head = "POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: \(type)\r\n"
        let length = "Content-Length: \(text.utf8.count)\r\n\r\n"
        try await requests.write(ByteBuffer(string: head + length + text))
        var answer = ""
        while !Self.isWhole(answer) {
            guard let part = try await answers.next(isolation: #isolation) else { throw Ended() }
            answer += String(buffer: part)
        }
        return Int(answer.split(separator: " ", maxSplits: 2).dropFirst().first ?? "") ?? 0
    }

    /// Whether an answer has come up to its end.
    private static func isWhole(_ answer: String) -> Bool {
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let length = parts[0].split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
        return parts[1].utf8.count >= length.flatMap { $0.split(separator: " ").last.flatMap { Int($0) } } ?? 0
    }
}
