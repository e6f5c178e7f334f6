/// What kind of value a part of a template has; known before any value is.
indirect enum TemplateType: Hashable, Sendable {
    case text
    case integer
    case number
    case boolean
    /// What `and` and `or` give when their arguments differ.
    case mixed
    /// An element of a rule's result.
    case element
    /// Labels of an element: every name is a field.
    case map
    /// Labels or annotations in a notification: every name is a field, and so are lists of all.
    case labels
    /// The alerts of a notification.
    case alerts
    case list(TemplateType)
    case notification
    case alert
    case pair

    /// What the kind is called in errors.
    var name: String {
        switch self {
        case .text: "text"
        case .integer: "whole number"
        case .number: "number"
        case .boolean: "truth value"
        case .mixed: "value of changing kind"
        case .element: "rule"
        case .map, .labels: "set of labels"
        case .alerts, .list: "list"
        case .notification: "notification"
        case .alert: "alert"
        case .pair: "name with a value"
        }
    }

    /// The name with its article.
    var described: String { self == .alert ? "an alert" : "a \(name)" }

    /// What `range` gives one after the other; nil where it cannot.
    var element: TemplateType? {
        switch self {
        case .alerts: .alert
        case .list(let element): element
        default: nil
        }
    }

    /// The kind of a field; nil where there is none.
    func field(_ name: String) -> TemplateType? {
        if let known = fields[name] { return known }
        return (self == .map || self == .labels) && !name.isEmpty ? .text : nil
    }

    /// The fields that have a name of their own.
    var fields: [String: TemplateType] {
        switch self {
        case .text, .integer, .number, .boolean, .mixed, .map, .list: [:]
        case .element: ["Labels": .map, "Value": .number, "ExternalLabels": .map, "ExternalURL": .text]
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
