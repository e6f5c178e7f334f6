/// A parsed and type-checked expression of the rule language, a strict subset of PromQL.
package struct Expression: Hashable, Sendable, CustomStringConvertible {
    /// The expression as it was written.
    package let text: String
    /// The tree.
    package let root: ExpressionNode
    /// The type of its value.
    package let type: ValueType
    /// Every vector selector, in the order of the text; ``VectorSelector/index`` is the index here.
    package let selectors: [VectorSelector]

    /// Parses and checks a text of at most 64 KiB, 100 levels and 500 selectors; the error has line and column.
    package init(_ text: String) throws(QueryError) {
        var parser = try Parser(text)
        self.text = text
        root = try parser.parse()
        selectors = parser.selectors
        type = try TypeChecker(selectors: selectors).type(of: root)
    }

    private init(text: String, root: ExpressionNode, type: ValueType, selectors: [VectorSelector]) {
        self.text = text
        self.root = root
        self.type = type
        self.selectors = selectors
    }

    /// The expression with one more condition on the selectors that a predicate chooses.
    ///
    /// A selector that already has the very same condition stays as it is, because `absent` drops a label that is
    /// named twice.
    package func adding(_ matcher: LabelMatcher, where isChosen: (VectorSelector) -> Bool) -> Self {
        let changed = selectors.map { selector in
            guard isChosen(selector), !selector.matchers.contains(matcher) else { return selector }
            var narrowed = selector
            narrowed.matchers.append(matcher)
            return narrowed
        }
        return Self(text: text, root: root, type: type, selectors: changed)
    }

    /// The part whose value the expression passes on: without the comparisons and set operators that only choose elements.
    package var valued: Self {
        var node = root
        while case .binary(let operation) = node.kind, operation.operation.isSet || operation.operation.isComparison,
            operation.operation != .or, !operation.returnsBool
        {
            // A number on the left is compared with the vector on the right, whose value is passed on.
            if case .number = operation.left.kind { node = operation.right } else { node = operation.left }
        }
        return Self(text: text, root: node, type: type, selectors: selectors)
    }

    /// Whether every selector is looked at only at the evaluated instant and its offset.
    package var isInstant: Bool {
        func isPlain(_ node: ExpressionNode) -> Bool {
            if case .subquery = node.kind { return false }
            return node.parts.allSatisfy(isPlain)
        }
        return isPlain(root) && selectors.allSatisfy { $0.range == nil && $0.anchor == nil }
    }

    /// Whether its value may change although no sample comes or goes: it asks for the time, or looks from many instants.
    package var dependsOnTime: Bool {
        func asks(_ node: ExpressionNode) -> Bool {
            switch node.kind {
            case .call(let call) where call.function.asksForTime: true
            case .subquery: true
            default: node.parts.contains(where: asks)
            }
        }
        return asks(root)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.text.hasSameBytes(as: right.text) && left.selectors == right.selectors
    }

    package func hash(into hasher: inout Hasher) {
        text.hashBytes(into: &hasher)
        hasher.combine(selectors)
    }

    /// The text.
    package var description: String { text }
}
