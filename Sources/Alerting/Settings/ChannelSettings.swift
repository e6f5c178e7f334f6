/// The settings of one way to tell people.
package enum ChannelSettings: Hashable, Sendable {
    /// A POST in Alertmanager's version-4 shape.
    case webhook(WebhookSettings)
    /// A message in the shape of a service.
    case messenger(MessengerSettings)

    /// The kind's name, as it is part of destinations.
    package var kind: String {
        switch self {
        case .webhook: "webhook"
        case .messenger(let settings): settings.messenger.rawValue
        }
    }

    /// What the channel wants to hear.
    package var audience: Audience {
        switch self {
        case .webhook(let settings): settings.audience
        case .messenger(let settings): settings.audience
        }
    }
}
