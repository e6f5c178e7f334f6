/// An expression of a template with the kind of its value.
struct TypedExpression: Sendable {
    let expression: TemplateExpression
    let type: TemplateType
}
