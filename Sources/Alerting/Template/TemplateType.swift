/// What kind of value a part of a template has; known before any value is.
enum TemplateType: String, Sendable {
    case text
    case integer = "whole number"
    case number
    case boolean = "truth value"
    /// What `and` and `or` give when their arguments differ.
    case mixed = "value of changing kind"
}
