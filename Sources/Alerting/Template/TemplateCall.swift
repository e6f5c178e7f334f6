import Query

/// A call of a function with what was prepared for it.
struct TemplateCall: Sendable {
    let function: TemplateFunction
    let arguments: [TemplateExpression]
    /// The parsed format of `printf`.
    let format: TemplateFormat?
    /// The compiled pattern of `match` and `reReplaceAll`.
    let pattern: RegularExpression?
}
