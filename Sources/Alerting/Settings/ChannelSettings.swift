package import Monitoring

/// The settings of one way to tell people.
package enum ChannelSettings: Hashable, Sendable {
    /// A POST in a shape of one's choice.
    case webhook(WebhookSettings)
    /// A message in the shape of a service.
    case messenger(MessengerSettings)
    /// An e-mail.
    case email(EmailSettings)
    /// The alerts themselves, to an Alertmanager.
    case alertmanager(AlertmanagerSettings)

    /// The kind's name, as it is part of destinations.
    package var kind: String {
        switch self {
        case .webhook: "webhook"
        case .messenger(let settings): settings.messenger.rawValue
        case .email: "email"
        case .alertmanager: "alertmanager"
        }
    }

    /// What the channel wants to hear.
    package var audience: Audience {
        switch self {
        case .webhook(let settings): settings.audience
        case .messenger(let settings): settings.audience
        case .email(let settings): settings.audience
        case .alertmanager(let settings): settings.audience
        }
    }

    /// How long after a delivery that tells of firing alerts the same is told again; nil for never.
    package var resendDelay: PrometheusDuration? {
        if case .alertmanager = self { AlertmanagerSettings.resendDelay } else { nil }
    }
}
