package import Alerting

/// Every launcher by the settings that ask for it: the one place to add a line for a new one.
package enum LauncherRegistry {
    /// The body of a request for a new model for the launcher of some settings; needs no signing secret.
    package static func body(of request: RetrainingRequest, for settings: LauncherSettings) -> [UInt8] {
        switch settings {
        case .webhook: WebhookLauncher.body(of: request)
        }
    }

    /// The launcher of some settings; `content` hands out the texts of the places that they name.
    package static func launcher(
        _ settings: LauncherSettings, identity: SenderIdentity,
        content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> any Launcher {
        switch settings {
        case .webhook(let webhook):
            WebhookLauncher(target: try WebhookTarget(webhook, content: content), identity: identity)
        }
    }
}
