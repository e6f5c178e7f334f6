import Query

/// A word inside the braces of a template.
struct TemplateToken {
    enum Kind: Hashable {
        /// A name: a function or a keyword.
        case word(String)
        /// `$name`.
        case variable(String)
        /// `.name`.
        case field(String)
        case text(String)
        case integer(Int)
        case number(Double)
        case leftParenthesis
        case rightParenthesis
        case pipe
    }

    let kind: Kind
    let position: SourcePosition
    /// Whether white space stands before it; a field without belongs to the variable before it.
    let followsSpace: Bool
}
