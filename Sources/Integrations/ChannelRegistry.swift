package import Alerting
package import Monitoring

/// Every channel by the settings that ask for it: the one place to add a line for a new one.
package enum ChannelRegistry {
    /// The dialects of the messengers.
    private static func dialect(of messenger: Messenger) -> any MessengerDialect.Type {
        switch messenger {
        case .slack: SlackChannel.self
        case .msteams: TeamsChannel.self
        case .pagerduty: PagerDutyChannel.self
        case .opsgenie: OpsgenieChannel.self
        case .discord: DiscordChannel.self
        case .telegram: TelegramChannel.self
        }
    }

    /// The delivery of a notification through the channel of some settings; needs no secrets.
    package static func delivery(
        of notification: Notification, for settings: ChannelSettings, id: String, createdAt: Time,
        identity: SenderIdentity
    ) -> Delivery {
        let content = content(of: notification, for: settings, id: id, createdAt: createdAt, identity: identity)
        return notification.delivery(id: id, payload: content.body, headers: content.headers, createdAt: createdAt)
    }

    /// What is stored of a notification for the channel of some settings.
    package static func content(
        of notification: Notification, for settings: ChannelSettings, id: String, createdAt: Time,
        identity: SenderIdentity
    ) -> MessageContent {
        switch settings {
        case .webhook(let settings):
            WebhookChannel.content(of: NotificationText(notification, identity: identity), in: settings.format, id: id)
        case .messenger(let settings):
            MessageContent(
                body: dialect(of: settings.messenger).body(
                    of: NotificationText(notification, identity: identity, texts: settings.texts), for: settings))
        case .email(let settings):
            MessageContent(
                body: MailMessage(
                    NotificationText(notification, identity: identity, texts: settings.texts), settings, id: id,
                    date: createdAt
                ).bytes)
        case .alertmanager: MessageContent(body: AlertmanagerChannel.body(of: notification))
        }
    }

    /// The channel of some settings; `content` hands out the texts of the places that they name.
    package static func channel(
        _ settings: ChannelSettings, identity: SenderIdentity,
        content: (TextPlace) throws(WebhookTargetError) -> String
    ) throws(WebhookTargetError) -> any Channel {
        switch settings {
        case .webhook(let settings):
            WebhookChannel(target: try WebhookTarget(settings, content: content), identity: identity)
        case .messenger(let settings):
            MessengerChannel(
                dialect: dialect(of: settings.messenger), target: try MessengerTarget(settings, content: content),
                identity: identity)
        case .email(let settings): try EmailChannel(settings, content: content)
        case .alertmanager(let settings):
            AlertmanagerChannel(
                target: try HTTPTarget(settings.address, settings.http, content: content), settings: settings,
                identity: identity)
        }
    }
}
