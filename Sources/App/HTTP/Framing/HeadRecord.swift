import NIOCore
import NIOHTTP1

/// What came on a connection since the decoder last made something of it; belongs to the connection's event loop.
final class HeadRecord {
    /// How many bytes may come of which the decoder makes nothing: more than a head has, so that only what is skipped, such as
    /// the extensions of chunks, can be as long.
    static let mostUnread = 128 << 10

    /// How many bytes the decoder has made nothing of yet.
    private(set) var unread = 0
    private var isInBody = false
    private var head: [ByteBuffer] = []

    /// Notes bytes before the decoder sees them.
    func came(_ bytes: ByteBuffer) {
        unread += bytes.readableBytes
        if !isInBody { head.append(bytes) }
    }

    /// Notes what the decoder made of them.
    func decoded(_ part: HTTPServerRequestPart) {
        unread = 0
        head.removeAll(keepingCapacity: true)
        if case .end = part { isInBody = false } else { isInBody = true }
    }

    /// Whether the first line of what came is longer than a line may be.
    func hasLongFirstLine(most: Int) -> Bool {
        var length = 0
        for byte in head.lazy.flatMap({ $0.readableBytesView }) {
            if byte == UInt8(ascii: "\n"), length > 0 { break }
            // Blank lines before a request are skipped.
            if length > 0 || (byte != UInt8(ascii: "\r") && byte != UInt8(ascii: "\n")) { length += 1 }
        }
        return length > most
    }
}
