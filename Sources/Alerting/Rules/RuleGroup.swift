package import Monitoring
package import Query

/// Rules that are evaluated one after another at the same slots. An immutable value.
package struct RuleGroup: Hashable, Sendable {
    /// The file as the caller named it.
    package let file: String
    /// The name, unique in its file.
    package let name: String
    /// The distance of its slots.
    package let interval: PrometheusDuration
    /// How many alerts or series a rule may make; 0 for any number.
    package let limit: Int
    /// The rules in the order of the file.
    package let rules: [Rule]
    /// Where the group stands in its file.
    package let position: SourcePosition

    /// The distance of slots where a group names none.
    package static let defaultInterval = PrometheusDuration(microseconds: 60_000_000)

    /// A group of these parts.
    package init(
        file: String, name: String, interval: PrometheusDuration = defaultInterval, limit: Int = 0, rules: [Rule],
        position: SourcePosition = .start
    ) {
        self.file = file
        self.name = name
        self.interval = interval
        self.limit = limit
        self.rules = rules
        self.position = position
    }

    /// Whether a file's rules are about the service itself or about several models, and run on the wall clock: one in a folder
    /// `self`.
    package static func watchesService(file: String) -> Bool {
        file.split(separator: "/").dropLast().last == "self"
    }

    /// Whether it is evaluated once, on the wall clock, and not model by model.
    package var watchesService: Bool { Self.watchesService(file: file) }

    /// Whether any of its rules is to be evaluated for a model.
    package func selects(model: String) -> Bool {
        !watchesService && rules.contains { $0.selects(model: model) }
    }

    /// The group as it is evaluated for one model: the rules that select it, with the model implied.
    package func narrowed(toModel model: String) -> Self {
        Self(
            file: file, name: name, interval: interval, limit: limit,
            rules: rules.filter { $0.selects(model: model) }.map { $0.narrowed(toModel: model) }, position: position)
    }

    /// Whether a result may change although no sample does, so that no slot can be skipped.
    package var dependsOnTime: Bool {
        rules.contains { $0.expression.dependsOnTime }
    }
}
