import Query

/// A warning about a rule, before its place in the file is known.
struct LintFinding: Hashable {
    /// Where it belongs: inside of the expression, or at a key of the rule.
    enum Place: Hashable {
        case expression(SourcePosition)
        case hold
    }

    let lint: RuleLint
    let place: Place
    let message: String
    /// Whether it cannot have been meant: a name of ours that does not exist.
    var isMistake = false
}
