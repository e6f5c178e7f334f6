/// A service that brings messages to people, and that has an interface of its own.
package enum Messenger: String, CaseIterable, Hashable, Sendable {
    case slack
    case msteams
    case pagerduty
    case opsgenie
    case discord
    case telegram

    /// The key of a receiver that lists its channels, as in an Alertmanager configuration.
    package var settingsKey: String { self == .msteams ? "msteamsv2_configs" : "\(rawValue)_configs" }

    /// The keys that say whom to call, or nil where that is always the same.
    var addressKey: String? {
        switch self {
        case .slack: "api_url"
        case .msteams, .discord: "webhook_url"
        case .pagerduty, .opsgenie, .telegram: nil
        }
    }

    /// The key of the address of a service of one's own, and the address where none is given.
    var standardAddress: (key: String, url: String)? {
        switch self {
        case .slack, .msteams, .discord: nil
        case .pagerduty: ("url", "https://events.pagerduty.com/v2/enqueue")
        case .opsgenie: ("api_url", "https://api.opsgenie.com/")
        case .telegram: ("api_url", "https://api.telegram.org/")
        }
    }

    /// The key of the secret that is shown to the service; nil where the address itself is the secret.
    var secretKey: String? {
        switch self {
        case .slack, .msteams, .discord: nil
        case .pagerduty: "routing_key"
        case .opsgenie: "api_key"
        case .telegram: "bot_token"
        }
    }

    /// Further keys, and whether each must be there.
    var options: [(key: String, isNeeded: Bool)] {
        switch self {
        case .slack: [("channel", false), ("username", false)]
        case .msteams, .discord: []
        case .pagerduty: [("severity", false), ("class", false), ("component", false), ("group", false)]
        case .opsgenie: [("priority", false), ("source", false)]
        case .telegram: [("chat_id", true)]
        }
    }

    /// Whether the service is told that alerts have resolved unless the settings say otherwise; Alertmanager's defaults.
    var sendsResolved: Bool { self != .slack }

    /// Whether its key stands in the header `Authorization`.
    var authorizes: Bool { self == .opsgenie }
}
