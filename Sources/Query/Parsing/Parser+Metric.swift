extension Parser {
    /// A series as tests write it: `name{label="value"}`, only with `=`.
    mutating func metric() throws(QueryError) -> Labels {
        var labels: [Label] = []
        switch token.kind {
        case .identifier(let name), .metricName(let name):
            labels.append(Label(name: Labels.metricName, value: name))
            try advance()
        default: break
        }
        if token.kind == .end, !labels.isEmpty { return Labels(labels) }
        try expect(.leftBrace)
        while token.kind != .symbol(.rightBrace) {
            let place = token.position
            let matcher = try matcher()
            guard matcher.operation == .equal else { throw QueryError("a series has only labels with =", at: place) }
            guard !labels.contains(where: { $0.name == matcher.name }) else {
                throw QueryError("the label \(matcher.name) occurs twice", at: place)
            }
            labels.append(Label(name: matcher.name, value: matcher.value))
            guard try take(.comma) else { break }
        }
        try expect(.rightBrace)
        guard token.kind == .end else { throw unexpected("the end of the series") }
        return Labels(labels)
    }
}

extension Labels {
    /// Reads a series as Prometheus writes it: `name{label="value"}`.
    package init(parsing text: String) throws(QueryError) {
        var parser = try Parser(text)
        self = try parser.metric()
    }
}
