import HTTPTypes
import NIOCore
import NIOHTTP1

/// Refuses heads that HTTP/1.1 forbids and its decoder lets pass, and says with a problem document what was wrong with others.
///
/// The server answers whatever its decoder throws with an empty 400, after the requests before it: that answer is filled here.
final class RequestFraming: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let record: HeadRecord
    /// What ended the connection; nothing that comes afterwards is looked at.
    private var problem: Problem?

    init(_ record: HeadRecord) {
        self.record = record
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard problem == nil else { return }
        let part = unwrapInboundIn(data)
        record.decoded(part)
        guard case .head(var head) = part else { return context.fireChannelRead(data) }
        if let refusal = RequestHead.refusal(of: head) {
            problem = refusal
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        // The server knows this one spelling only; HTTP/1.0 ends its connections unless told otherwise.
        if !head.isKeepAlive { head.headers.replaceOrAdd(name: "connection", value: "close") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if problem == nil, let error = error as? HTTPParserError {
            problem = RequestHead.problem(
                of: error, isInFirstLine: record.hasLongFirstLine(most: Connections.mostHeaderBytes))
        }
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let problem, case .head(let head) = unwrapOutboundIn(data), head.status == .badRequest,
            head.headers.first(name: "content-length") == "0"
        else { return context.write(data, promise: promise) }
        let body = problem.body
        var headers: HTTPHeaders = [
            "content-type": "application/problem+json", "content-length": "\(body.count)", "connection": "close",
        ]
        for field in problem.headers { headers.replaceOrAdd(name: field.name.canonicalName, value: field.value) }
        let answer = HTTPResponseHead(
            version: head.version, status: HTTPResponseStatus(statusCode: problem.status.code), headers: headers)
        context.write(wrapOutboundOut(.head(answer)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: promise)
    }
}
