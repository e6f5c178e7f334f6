internal import Addresses

/// What is to be sent, with the caller that waits for its answer.
struct Submission: Sendable {
    /// What is sent.
    enum Exchange: Sendable {
        case http(HTTPRequest, HTTPURL, proxy: HTTPURL?)
        case mail(MailRequest)
    }

    let id: UInt64
    let exchange: Exchange
    let policy: AddressPolicy
    let answer: CheckedContinuation<Result<HTTPResponse, TransportError>, Never>

    /// The host for people.
    var host: String {
        switch exchange {
        case .http(_, let url, _): url.host
        case .mail(let mail): mail.host
        }
    }

    /// The host that is connected to, whose addresses are judged.
    var judgedHost: String {
        switch exchange {
        case .http(_, let url, let proxy): proxy?.host ?? url.host
        case .mail(let mail): mail.host
        }
    }

    /// How many bytes of an answer's body are kept.
    var bodyLimit: Int {
        switch exchange {
        case .http(let request, _, _): max(request.bodyLimit, 0)
        case .mail: 0
        }
    }

    /// Ends the wait without an answer.
    func fail(_ kind: TransportError.Kind, _ detail: String) {
        answer.resume(returning: .failure(TransportError(kind, host: host, detail: detail)))
    }
}
