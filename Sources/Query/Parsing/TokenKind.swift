import Monitoring

/// What a token of the rule language is.
enum TokenKind: Hashable {
    case identifier(String)
    /// An identifier with colons, which only metrics may have.
    case metricName(String)
    case number(Double)
    case string(String)
    case duration(PrometheusDuration)
    case symbol(TokenSymbol)
    case end

    /// What to call the token in a message.
    var name: String {
        switch self {
        case .identifier(let text), .metricName(let text): text.quoted
        case .number: "a number"
        case .string: "a string"
        case .duration(let duration): "the duration \(duration.text)"
        case .symbol(let symbol): "\"\(symbol.rawValue)\""
        case .end: "the end of the expression"
        }
    }
}
