import NIOCore
import NIOHTTP1

/// Counts bytes in front of the decoder, and ends a connection on which many come that it makes nothing of.
final class RequestMeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let record: HeadRecord
    private var isOver = false

    init(_ record: HeadRecord) {
        self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        record.came(unwrapInboundIn(data))
        context.fireChannelRead(data)
        guard record.unread > HeadRecord.mostUnread else { return }
        isOver = true
        context.fireErrorCaught(HTTPParserError.invalidChunkSize)
    }
}
