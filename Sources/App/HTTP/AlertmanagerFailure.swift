import HTTPTypes
import Hummingbird
import JSON

/// What Alertmanager's interface answers to a request that cannot be done: a JSON text with a status.
struct AlertmanagerFailure: Error {
    let status: HTTPResponse.Status
    let message: String

    /// 400: the request is wrong.
    static func invalid(_ message: String) -> Self { Self(status: .badRequest, message: message) }

    /// 404: there is no such thing.
    static let unknown = Self(status: .notFound, message: "there is no such silence")

    var response: Response {
        Answer.json(status) { $0.value(message) }
    }
}
