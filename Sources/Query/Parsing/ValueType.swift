/// The kind of value that an expression has.
package enum ValueType: String, Hashable, Sendable {
    /// One number.
    case scalar
    /// A text; only arguments are texts.
    case string
    /// Values with labels.
    case vector = "instant vector"
    /// Stretches of samples with labels.
    case matrix = "range vector"
}
