import Monitoring

/// What may stand behind an operand: `[5m]`, `[1h:5m]`, `offset 5m`, `@ 1700000000`.
extension Parser {
    /// Takes all suffixes of an operand.
    mutating func suffixed(_ operand: ExpressionNode, isParenthesised: Bool = false) throws(QueryError)
        -> ExpressionNode
    {
        var node = operand
        var isPlain = !isParenthesised
        while true {
            switch token.kind {
            case .symbol(.leftBracket):
                node = try bracketed(node, isPlain: isPlain)
                isPlain = true
            case .symbol(.at): node = try anchored(node, isPlain: isPlain)
            case .identifier where isKeyword("offset"): node = try shifted(node, isPlain: isPlain)
            default: return node
            }
        }
    }

    private mutating func bracketed(_ node: ExpressionNode, isPlain: Bool) throws(QueryError) -> ExpressionNode {
        let position = token.position
        try advance()
        let range = try positiveDuration("a range such as 5m")
        if try take(.colon) {
            let step = token.kind == .symbol(.rightBracket) ? nil : try positiveDuration("a step such as 1m")
            try expect(.rightBracket)
            return try ExpressionNode(.subquery(Subquery(operand: node, range: range, step: step)), at: node.position)
        }
        try expect(.rightBracket)
        guard isPlain, case .selector(let index) = node.kind, selectors[index].range == nil else {
            throw QueryError(
                "a range may only follow a selector; of an expression write [\(range.text):1m], a subquery",
                at: position)
        }
        guard selectors[index].offset == .zero, selectors[index].anchor == nil else {
            throw QueryError("offset and @ stand behind the range, as in x[5m] offset 1h", at: position)
        }
        selectors[index].range = range
        return node
    }

    private mutating func positiveDuration(_ wanted: String) throws(QueryError) -> PrometheusDuration {
        guard case .duration(let duration) = token.kind else { throw unexpected(wanted) }
        guard duration > .zero else { throw QueryError("a duration must be greater than 0", at: token.position) }
        try advance()
        return duration
    }

    private mutating func shifted(_ node: ExpressionNode, isPlain: Bool) throws(QueryError) -> ExpressionNode {
        let position = token.position
        try advance()
        if token.kind == .symbol(.minus) {
            throw QueryError(
                "a negative offset would look into the future, which a rule cannot know", at: token.position)
        }
        guard case .duration(let duration) = token.kind else { throw unexpected("a duration such as 5m") }
        try advance()
        switch node.kind {
        case .selector(let index) where isPlain:
            guard selectors[index].offset == .zero else { throw Self.twice("offset", position) }
            selectors[index].offset = duration
            return node
        case .subquery(var subquery) where isPlain:
            guard subquery.offset == .zero else { throw Self.twice("offset", position) }
            subquery.offset = duration
            return try ExpressionNode(.subquery(subquery), at: node.position)
        default: throw QueryError("offset may only follow a selector or a subquery", at: position)
        }
    }

    private mutating func anchored(_ node: ExpressionNode, isPlain: Bool) throws(QueryError) -> ExpressionNode {
        let position = token.position
        try advance()
        let anchor = try anchor()
        switch node.kind {
        case .selector(let index) where isPlain:
            guard selectors[index].anchor == nil else { throw Self.twice("@", position) }
            selectors[index].anchor = anchor
            return node
        case .subquery(var subquery) where isPlain:
            guard subquery.anchor == nil else { throw Self.twice("@", position) }
            subquery.anchor = anchor
            return try ExpressionNode(.subquery(subquery), at: node.position)
        default: throw QueryError("@ may only follow a selector or a subquery", at: position)
        }
    }

    private mutating func anchor() throws(QueryError) -> TimeAnchor {
        if isKeyword("start") || isKeyword("end") {
            let isStart = isKeyword("start")
            try advance()
            try expect(.leftParenthesis)
            try expect(.rightParenthesis)
            return isStart ? .start : .end
        }
        let isNegative = try take(.minus)
        if !isNegative { _ = try take(.plus) }
        let position = token.position
        guard case .number(let seconds) = token.kind else { throw unexpected("seconds since 1970, start() or end()") }
        try advance()
        // Beyond this, milliseconds and differences of times would run over.
        guard seconds.magnitude < 1e11 else { throw QueryError("the time behind @ is out of range", at: position) }
        let milliseconds = ((isNegative ? -seconds : seconds) * 1000).rounded()
        return .time(Time(microseconds: Int64(milliseconds) * 1000))
    }

    private static func twice(_ word: String, _ position: SourcePosition) -> QueryError {
        QueryError("\(word) may stand only once", at: position)
    }
}
