import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// One connection of HTTP/1.1 on which a request that can be understood in two ways is refused, and every refusal says why.
struct StrictChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let channel: HTTP1Channel

    init(_ channel: HTTP1Channel) {
        self.channel = channel
    }

    /// The server's own handlers, with ours around its decoder.
    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        self.channel.setup(channel: channel, logger: logger).flatMapThrowing { value in
            let pipeline = channel.pipeline.syncOperations
            let record = HeadRecord()
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            let framing = RequestFraming(record)
            try pipeline.addHandler(framing, position: .after(decoder))
            try pipeline.addHandler(EarlyAnswer(), position: .after(framing))
            try pipeline.addHandler(RequestMeter(record), position: .first)
            return value
        }
    }

    func handle(value: Value, logger: Logger) async {
        await channel.handle(value: value, logger: logger)
    }
}

extension HTTPServerBuilder {
    /// Servers whose connections are strict.
    static func strict(_ configuration: HTTP1Channel.Configuration) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            StrictChannel(HTTP1Channel(responder: responder, configuration: configuration))
        }
    }
}
