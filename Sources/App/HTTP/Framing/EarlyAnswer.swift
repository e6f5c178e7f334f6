import NIOCore
import NIOHTTP1

/// Ends the connection of a request that was refused before all of its body had come: nobody waits for a sender who stopped
/// in the middle, and nobody reads on what is too large.
///
/// The answer goes out first and what comes meanwhile is dropped, because a socket that is closed over unread bytes takes
/// the answer back from the sender.
final class EarlyAnswer: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a sender has to read the answer.
    private static let linger: TimeAmount = .seconds(2)
    /// Answers after which the rest of a body is of no use.
    private static let refusals: Set<HTTPResponseStatus> = [.requestTimeout, .payloadTooLarge]

    private var isInBody = false
    private var isEnding = false
    private var end: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isEnding else { return }
        if case .end = unwrapInboundIn(data) { isInBody = false } else { isInBody = true }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where isInBody && Self.refusals.contains(head.status):
            isEnding = true
            head.headers.replaceOrAdd(name: "connection", value: "close")
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where isEnding:
            let written = promise ?? context.eventLoop.makePromise()
            let channel = context.channel
            written.futureResult.whenComplete { _ in channel.close(mode: .output, promise: nil) }
            end = context.eventLoop.scheduleTask(in: Self.linger) { channel.close(promise: nil) }
            context.write(data, promise: written)
        default: context.write(data, promise: promise)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        end?.cancel()
        context.fireChannelInactive()
    }
}
