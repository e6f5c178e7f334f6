/// A piece of a template.
enum TemplateNode: Sendable {
    case text(String)
    case output(TemplateExpression)
    case condition(TemplateExpression, then: [TemplateNode], otherwise: [TemplateNode])

    /// Whether the value of the rule's expression occurs in it.
    var usesValue: Bool {
        switch self {
        case .text: false
        case .output(let expression): expression.usesValue
        case .condition(let expression, let then, let otherwise):
            expression.usesValue || (then + otherwise).contains(where: \.usesValue)
        }
    }
}
