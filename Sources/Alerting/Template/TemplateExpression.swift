/// What stands between the braces of a template.
indirect enum TemplateExpression: Sendable {
    case constant(TemplateValue)
    /// Fields one after the other, of the whole (`$`) or of what is being looked at (`.`).
    case path(fromRoot: Bool, [String])
    case call(TemplateCall)

    /// Whether the value of a rule's expression occurs in it.
    var usesValue: Bool {
        switch self {
        case .constant: false
        case .path(_, let fields): fields.first == "Value"
        case .call(let call): call.arguments.contains(where: \.usesValue)
        }
    }
}
