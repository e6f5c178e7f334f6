/// A piece of a template.
enum TemplateNode: Sendable {
    case text(String)
    case output(TemplateExpression)
    case condition(TemplateExpression, then: [TemplateNode], otherwise: [TemplateNode])
    /// For each member; `otherwise` where there is none.
    case loop(TemplateExpression, body: [TemplateNode], otherwise: [TemplateNode])

    /// Whether the value of a rule's expression occurs in it.
    var usesValue: Bool {
        switch self {
        case .text: false
        case .output(let expression): expression.usesValue
        case .condition(let expression, let body, let otherwise), .loop(let expression, let body, let otherwise):
            expression.usesValue || (body + otherwise).contains(where: \.usesValue)
        }
    }
}
