package import Addresses

/// Sends HTTP requests and e-mails, many at a time, on one thread of its own.
///
/// Each has its own connection; redirects, cookies, and proxies and credentials of the environment play no part.
/// The thread ends with ``close()``, or when the last reference to the sender goes.
package final class HTTPSender: Sendable {
    private let thread: SenderThread

    /// A sender that has at most `limit` requests on their way; further ones wait for their turn.
    ///
    /// - Throws: ``TransportError`` of kind `resources` where libcurl or a thread cannot be had.
    package init(limit: Int = 256) throws(TransportError) {
        thread = try SenderThread(limit: limit)
    }

    deinit {
        thread.close()
    }

    /// Sends a request once and waits for the answer's head and the beginning of its body.
    ///
    /// Any status is an answer. Cancelling the task ends the transfer.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - policy: Which addresses may be connected to; it is asked about each before the connection.
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``TransportError`` where there is none.
    package func send(
        _ request: HTTPRequest, policy: AddressPolicy = .publicOnly
    ) async throws(TransportError) -> HTTPResponse {
        let url = try HTTPURL(request.url)
        try request.check(host: url.host)
        var proxy: HTTPURL?
        if let text = request.proxy {
            proxy = try HTTPURL(text)
            // The proxy resolves names itself, so that only what is an address already can be judged here.
            if policy.refusesLiteral(host: url.host) {
                throw TransportError(.addressRefused, host: url.host, detail: "its address may not be called")
            }
        }
        return try await submit(.http(request, url, proxy: proxy), policy)
    }

    /// Hands an e-mail to a mail server once.
    ///
    /// - Returns: The status of the server's last reply and that reply as body, also where it refuses the mail.
    /// - Throws: ``TransportError`` where there is none.
    package func send(
        _ mail: MailRequest, policy: AddressPolicy = .publicOnly
    ) async throws(TransportError) -> HTTPResponse {
        try mail.check()
        return try await submit(.mail(mail), policy)
    }

    private func submit(
        _ exchange: Submission.Exchange, _ policy: AddressPolicy
    ) async throws(TransportError) -> HTTPResponse {
        let id = thread.newID()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                thread.submit(Submission(id: id, exchange: exchange, policy: policy, answer: answer))
            }
        } onCancel: {
            thread.cancel(id)
        }
        thread.forget(id)
        return try result.get()
    }

    /// Ends the thread. Requests on their way fail with kind `closed`, and so do later ones.
    package func close() async {
        thread.close()
        await thread.ended()
    }
}
