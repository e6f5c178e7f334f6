/// The settings of one way to start a retraining.
package enum LauncherSettings: Hashable, Sendable {
    /// A POST that asks for a new model, answered by call-backs.
    case webhook(WebhookSettings)

    /// The kind's name.
    package var kind: String {
        switch self {
        case .webhook: "webhook"
        }
    }
}
