/// What stands between the braces of a message template, with the kind of its value.
indirect enum MessageExpression: Sendable {
    case constant(MessageValue)
    /// Fields one after the other, of the notification (`$`) or of what is being looked at (`.`).
    case path(fromRoot: Bool, [String])
    case call(MessageFunction, [MessageExpression])

    /// The value for a notification and what is being looked at in it.
    func value(root: MessageValue, dot: MessageValue) -> MessageValue {
        switch self {
        case .constant(let value): value
        case .path(let fromRoot, let fields): fields.reduce(fromRoot ? root : dot, Self.field)
        case .call(let function, let arguments): function.value(arguments.map { $0.value(root: root, dot: dot) })
        }
    }

    /// A field, also those that are made of others.
    private static func field(of value: MessageValue, _ name: String) -> MessageValue {
        switch (value, name) {
        case (.list(let alerts), "Firing"): .list(alerts.filter { $0.field("Status").printed == "firing" })
        case (.list(let alerts), "Resolved"): .list(alerts.filter { $0.field("Status").printed == "resolved" })
        case (.labels(let pairs), "SortedPairs"):
            .list(pairs.map { .record([("Name", .text($0.name)), ("Value", .text($0.value))]) })
        case (.labels(let pairs), "Names"): .list(pairs.map { .text($0.name) })
        case (.labels(let pairs), "Values"): .list(pairs.map { .text($0.value) })
        default: value.field(name)
        }
    }
}
