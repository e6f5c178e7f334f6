/// A request with the caller that waits for its answer.
struct Submission: Sendable {
    let id: UInt64
    let request: HTTPRequest
    let url: HTTPURL
    let policy: AddressPolicy
    let answer: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

    /// Ends the wait without an answer.
    func fail(_ kind: TransportError.Kind, _ detail: String) {
        answer.resume(returning: .failure(TransportError(kind, host: url.host, detail: detail)))
    }
}
