/// What kind of value a part of a message template has; known before any value is.
indirect enum MessageType: Hashable, Sendable {
    case text
    case integer
    case boolean
    /// Labels or annotations: every name is a field.
    case labels
    /// The alerts of a notification.
    case alerts
    case list(MessageType)
    case notification
    case alert
    case pair

    /// What the kind is called in messages.
    var name: String {
        switch self {
        case .text: "text"
        case .integer: "whole number"
        case .boolean: "truth value"
        case .labels: "set of labels"
        case .alerts, .list: "list"
        case .notification: "notification"
        case .alert: "alert"
        case .pair: "name with a value"
        }
    }

    /// What `range` gives one after the other; nil where it cannot.
    var element: MessageType? {
        switch self {
        case .alerts: .alert
        case .list(let element): element
        default: nil
        }
    }

    /// The fields by name; none where there is none.
    var fields: [String: MessageType] {
        switch self {
        case .text, .integer, .boolean, .list: [:]
        case .labels: ["SortedPairs": .list(.pair), "Names": .list(.text), "Values": .list(.text)]
        case .alerts: ["Firing": .alerts, "Resolved": .alerts]
        case .pair: ["Name": .text, "Value": .text]
        case .alert:
            [
                "Status": .text, "Labels": .labels, "Annotations": .labels, "StartsAt": .text, "EndsAt": .text,
                "GeneratorURL": .text, "Fingerprint": .text,
            ]
        case .notification:
            [
                "Receiver": .text, "Status": .text, "Alerts": .alerts, "NotificationReason": .text,
                "GroupLabels": .labels, "CommonLabels": .labels, "CommonAnnotations": .labels, "ExternalURL": .text,
                "GroupKey": .text, "TruncatedAlerts": .integer, "Model": .text, "Replayed": .boolean, "Link": .text,
            ]
        }
    }
}
