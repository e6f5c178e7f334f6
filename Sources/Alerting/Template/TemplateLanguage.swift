/// What templates of one kind may speak of.
package enum TemplateLanguage: Sendable {
    /// Labels and annotations of rules, as in Prometheus; filled in from one element.
    case annotation
    /// Messages to receivers, as in Alertmanager; filled in from a notification.
    case message

    /// The greatest size of a filled-in text in bytes; an annotation beyond fails, a message is cut.
    package var outputLimit: Int { self == .annotation ? 65_536 : 1_048_576 }

    /// The kind of the value that templates are filled in from.
    var root: TemplateType { self == .annotation ? .element : .notification }

    /// Variables, with the fields that they are other names for.
    var variables: [String: String] {
        self == .annotation
            ? [
                "labels": "Labels", "value": "Value", "externalLabels": "ExternalLabels",
                "externalURL": "ExternalURL",
            ] : [:]
    }

    /// The words that begin a block.
    var blocks: [String] { self == .annotation ? ["if"] : ["if", "range"] }

    /// What the templates are called in errors.
    var name: String { self == .annotation ? "templates" : "message templates" }

    /// What is said of a name with `$` that is none of the variables, or of one that cannot stand alone.
    func unknown(_ name: String) -> String {
        self == .annotation
            ? "\(name) is not known in templates; $labels.NAME, $value, $externalLabels.NAME and $externalURL are"
            : "variables are not supported; $ stands for the notification"
    }
}
