package import Alerting

/// Every channel by the settings that ask for it: the one place to add a line for a new one.
package enum ChannelRegistry {
    /// The body of a notification for the channel of some settings; needs no secrets.
    package static func body(
        of notification: Notification, for settings: ChannelSettings, identity: SenderIdentity
    ) -> [UInt8] {
        switch settings {
        case .webhook: WebhookChannel.body(of: notification, identity: identity)
        }
    }

    /// The channel of some settings; `content` hands out the content of the files that they name.
    package static func channel(
        _ settings: ChannelSettings, identity: SenderIdentity,
        content: (_ path: String) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> any Channel {
        switch settings {
        case .webhook(let webhook):
            WebhookChannel(target: try WebhookTarget(webhook, content: content), identity: identity)
        }
    }
}
