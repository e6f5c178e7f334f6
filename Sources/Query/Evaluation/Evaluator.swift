import Monitoring

/// Computes the value of a tree over given samples.
struct Evaluator {
    let time: Time
    let selectors: [VectorSelector]
    private let samples: [[Sample]]

    init(time: Time, selectors: [VectorSelector], samples: [[Sample]]) {
        self.time = time
        self.selectors = selectors
        self.samples = samples
    }

    /// The value of a part and everything inside it.
    func value(of node: ExpressionNode) throws(QueryError) -> Value {
        switch node.kind {
        case .number(let value): return .scalar(value, .none)
        case .string(let text): return .string(text)
        case .selector(let index): return .vector(elements(of: index))
        case .sign(let isNegative, let operand): return try signed(operand, isNegative: isNegative, at: node.position)
        case .binary(let operation): return try value(of: operation, at: node.position)
        case .aggregation(let aggregation): return try unique(self.elements(of: aggregation), at: node.position)
        case .call(let call): return try value(of: call, at: node.position)
        }
    }

    /// The elements of a part that the type checker found to be a vector.
    func vector(_ node: ExpressionNode) throws(QueryError) -> [Element] {
        if case .vector(let elements) = try value(of: node) { return elements }
        throw QueryError("expected an instant vector", at: node.position)
    }

    /// The number of a part that the type checker found to be a scalar.
    func scalar(_ node: ExpressionNode) throws(QueryError) -> (value: Double, sources: SampleSources) {
        if case .scalar(let value, let sources) = try value(of: node) { return (value, sources) }
        throw QueryError("expected a scalar", at: node.position)
    }

    /// A vector as a value, unless two elements have the same labels.
    func unique(_ elements: [Element], at position: SourcePosition) throws(QueryError) -> Value {
        var seen: Set<Labels> = []
        for element in elements where !seen.insert(element.labels).inserted {
            throw QueryError(
                "two results have the same labels \(element.labels); keep a label that tells them apart", at: position)
        }
        return .vector(elements)
    }

    private func elements(of selector: Int) -> [Element] {
        let given = samples[selector]
        let isSorted = zip(given, given.dropFirst()).allSatisfy { $0.labels < $1.labels }
        let ordered = isSorted ? given : given.sorted { $0.labels < $1.labels }
        return ordered.map { sample in
            let source = SampleSource(selector: selector, labels: sample.labels)
            return Element(labels: sample.labels, value: sample.value, sources: SampleSources(source))
        }
    }

    private func signed(
        _ operand: ExpressionNode, isNegative: Bool, at position: SourcePosition
    ) throws(QueryError) -> Value {
        let inner = try value(of: operand)
        guard isNegative else { return inner }
        switch inner {
        case .scalar(let value, let sources): return .scalar(-value, sources)
        case .string: throw QueryError("a text has no sign", at: position)
        case .vector(let elements):
            let negated = elements.map { Element(labels: $0.labels.withoutName, value: -$0.value, sources: $0.sources) }
            return try unique(negated, at: position)
        }
    }
}
