/// All rule groups that are in force, replaced whole when anything changes.
package struct RuleSet: Hashable, Sendable {
    /// The groups in the order of their files.
    package let groups: [RuleGroup]

    /// No rules.
    package static let empty = Self(groups: [])

    /// These groups.
    package init(groups: [RuleGroup]) {
        self.groups = groups
    }

    /// The groups of several files.
    package init(_ files: [RuleFile]) {
        groups = files.flatMap(\.groups)
    }

    /// How many rules there are.
    package var ruleCount: Int { groups.reduce(0) { $0 + $1.rules.count } }

    /// The groups that are to be evaluated for a model, with the model implied.
    package func groups(forModel model: String) -> [RuleGroup] {
        groups.filter { $0.selects(model: model) }.map { $0.narrowed(toModel: model) }
    }
}
