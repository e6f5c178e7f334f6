import HTTPTypes
import Hummingbird
import JSON

/// What Alertmanager's interface answers to a request that cannot be done: a JSON text with a status.
struct AlertmanagerFailure: Error {
    let status: HTTPResponse.Status
    let message: String

    /// 400: the request is wrong.
    static func invalid(_ message: String) -> Self { Self(status: .badRequest, message: message) }

    var response: Response {
        Answer.json(status) { $0.value(message) }
    }
}
