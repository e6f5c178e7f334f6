package import Alerting

/// Every channel by the settings that ask for it: the one place to add a line for a new one.
package enum ChannelRegistry {
    /// The body of a notification for the channel of some settings; needs no secrets.
    package static func body(
        of notification: Notification, for settings: ChannelSettings, identity: SenderIdentity
    ) -> [UInt8] {
        switch settings {
        case .webhook: WebhookChannel.body(of: notification, identity: identity)
        case .messenger(let settings): body(of: notification, for: settings, identity: identity)
        }
    }

    private static func body(
        of notification: Notification, for settings: MessengerSettings, identity: SenderIdentity
    ) -> [UInt8] {
        switch settings.messenger {
        case .slack: SlackChannel.body(of: notification, for: settings, identity: identity)
        case .msteams: TeamsChannel.body(of: notification, identity: identity)
        case .pagerduty: PagerDutyChannel.body(of: notification, for: settings, identity: identity)
        case .opsgenie: OpsgenieChannel.body(of: notification, for: settings, identity: identity)
        case .discord: DiscordChannel.body(of: notification, identity: identity)
        case .telegram: TelegramChannel.body(of: notification, for: settings, identity: identity)
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
        case .messenger(let settings):
            messenger(try MessengerTarget(settings, content: content), identity: identity)
        }
    }

    private static func messenger(_ target: MessengerTarget, identity: SenderIdentity) -> any Channel {
        switch target.settings.messenger {
        case .slack: SlackChannel(target: target, identity: identity)
        case .msteams: TeamsChannel(target: target, identity: identity)
        case .pagerduty: PagerDutyChannel(target: target, identity: identity)
        case .opsgenie: OpsgenieChannel(target: target, identity: identity)
        case .discord: DiscordChannel(target: target, identity: identity)
        case .telegram: TelegramChannel(target: target, identity: identity)
        }
    }
}
