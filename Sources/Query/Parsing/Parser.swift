import Monitoring

/// Reads an expression into a tree: precedence climbing over the tokens of ``Lexer``.
struct Parser {
    /// The greatest accepted size of an expression in bytes.
    static let sizeLimit = 65_536
    /// How many selectors an expression may have.
    static let selectorLimit = 500

    private var lexer: Lexer
    private(set) var token: Token
    var selectors: [VectorSelector] = []
    private var depth = 0

    init(_ text: String) throws(QueryError) {
        guard text.utf8.count <= Self.sizeLimit else {
            throw QueryError("an expression may have at most \(Self.sizeLimit) bytes", at: .start)
        }
        lexer = Lexer(text)
        token = try lexer.next()
    }

    /// The tree of the whole text.
    mutating func parse() throws(QueryError) -> ExpressionNode {
        if token.kind == .end { throw QueryError("the expression is empty", at: token.position) }
        let node = try expression(atLeast: 1)
        guard token.kind == .end else { throw unexpected("an operator or the end") }
        return node
    }

    // MARK: Tokens

    mutating func advance() throws(QueryError) {
        token = try lexer.next()
    }

    mutating func take(_ symbol: TokenSymbol) throws(QueryError) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        try advance()
        return true
    }

    mutating func expect(_ symbol: TokenSymbol) throws(QueryError) {
        guard try take(symbol) else { throw unexpected("\"\(symbol.rawValue)\"") }
    }

    /// Whether the token is this word, in any case, as Prometheus's keywords are.
    func isKeyword(_ word: String) -> Bool {
        guard case .identifier(let text) = token.kind else { return false }
        return text.lowercased() == word
    }

    mutating func takeKeyword(_ word: String) throws(QueryError) -> Bool {
        guard isKeyword(word) else { return false }
        try advance()
        return true
    }

    func unexpected(_ wanted: String) -> QueryError {
        QueryError("unexpected \(token.kind.name), expected \(wanted)", at: token.position)
    }

    // MARK: Operators

    /// An expression of operators that bind at least so tightly.
    mutating func expression(atLeast least: Int) throws(QueryError) -> ExpressionNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= ExpressionNode.depthLimit else {
            throw QueryError("the expression nests deeper than \(ExpressionNode.depthLimit) levels", at: token.position)
        }
        var left = try operand()
        while let operation = binaryOperator(), operation.precedence >= least {
            let position = token.position
            try advance()
            let (returnsBool, matching) = try modifiers(of: operation)
            let next = operation.isRightAssociative ? operation.precedence : operation.precedence + 1
            let right = try expression(atLeast: next)
            let whole = VectorMatching.whole(for: operation)
            let binary = BinaryOperation(
                operation: operation, left: left, right: right, returnsBool: returnsBool,
                matching: matching ?? whole, hasModifier: matching != nil)
            left = try ExpressionNode(.binary(binary), at: position)
        }
        return left
    }

    private func binaryOperator() -> BinaryOperator? {
        switch token.kind {
        case .symbol(let symbol): BinaryOperator(rawValue: symbol.rawValue)
        case .identifier(let word):
            BinaryOperator(rawValue: word.lowercased()).flatMap { $0.isSet ? $0 : nil }
        default: nil
        }
    }

    /// `bool`, then `on` or `ignoring`, then `group_left` or `group_right`.
    private mutating func modifiers(
        of operation: BinaryOperator
    ) throws(QueryError) -> (returnsBool: Bool, matching: VectorMatching?) {
        let position = token.position
        let returnsBool = try takeKeyword("bool")
        if returnsBool, !operation.isComparison {
            throw QueryError("bool may only follow a comparison", at: position)
        }
        let isOn = isKeyword("on")
        guard isOn || isKeyword("ignoring") else { return (returnsBool, nil) }
        try advance()
        var matching = VectorMatching.whole(for: operation)
        matching.labels = try labelList()
        matching.isOn = isOn
        let groupPosition = token.position
        let isLeft = isKeyword("group_left")
        guard isLeft || isKeyword("group_right") else { return (returnsBool, matching) }
        guard !operation.isSet else {
            throw QueryError("no grouping is allowed for \(operation.rawValue)", at: groupPosition)
        }
        try advance()
        matching.cardinality = isLeft ? .manyToOne : .oneToMany
        if token.kind == .symbol(.leftParenthesis) { matching.included = try labelList() }
        if isOn, let twice = matching.included.first(where: matching.labels.contains) {
            throw QueryError("the label \(twice.quoted) must not be in on and in the group modifier", at: groupPosition)
        }
        return (returnsBool, matching)
    }

    /// Label names in parentheses; keywords are names here.
    mutating func labelList() throws(QueryError) -> [String] {
        try expect(.leftParenthesis)
        var names: [String] = []
        while token.kind != .symbol(.rightParenthesis) {
            guard case .identifier(let name) = token.kind else { throw unexpected("a label name") }
            names.append(name)
            try advance()
            guard try take(.comma) else { break }
        }
        try expect(.rightParenthesis)
        return names
    }

    // MARK: Selectors

    mutating func append(matchers: [LabelMatcher], at position: SourcePosition) throws(QueryError) -> ExpressionNode {
        guard selectors.count < Self.selectorLimit else {
            throw QueryError("an expression may have at most \(Self.selectorLimit) selectors", at: position)
        }
        let index = selectors.count
        selectors.append(VectorSelector(index: index, matchers: matchers, position: position))
        return try ExpressionNode(.selector(index), at: position)
    }
}
