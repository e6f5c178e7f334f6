/// A word of the rule language with its place.
struct Token {
    let kind: TokenKind
    let position: SourcePosition
}
