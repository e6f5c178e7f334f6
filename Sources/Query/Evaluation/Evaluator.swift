import Monitoring

/// Computes the value of a tree over given samples.
struct Evaluator {
    let time: Time
    /// Where the evaluated stretch of instants begins and ends, for `start()` and `end()`.
    let bounds: (start: Time, end: Time)
    /// The step of subqueries that name none.
    let subqueryStep: PrometheusDuration
    let selectors: [VectorSelector]
    /// For every selector what it chose, in the order of labels.
    private let chosen: [[SelectedSeries]]

    init(
        time: Time, bounds: (start: Time, end: Time), subqueryStep: PrometheusDuration, selectors: [VectorSelector],
        series: [[SelectedSeries]]
    ) {
        self.time = time
        self.bounds = bounds
        self.subqueryStep = subqueryStep
        self.selectors = selectors
        chosen = series.map { given in
            let isSorted = zip(given, given.dropFirst()).allSatisfy { $0.labels < $1.labels }
            return isSorted ? given : given.sorted { $0.labels < $1.labels }
        }
    }

    private init(_ other: Self, at time: Time) {
        self.time = time
        bounds = other.bounds
        subqueryStep = other.subqueryStep
        selectors = other.selectors
        chosen = other.chosen
    }

    /// The same at another instant.
    func at(_ time: Time) -> Self { Self(self, at: time) }

    /// What a selector chose, in the order of labels.
    func ordered(_ selector: Int) -> [SelectedSeries] { chosen[selector] }

    /// The value of a part and everything inside it.
    func value(of node: ExpressionNode) throws(QueryError) -> Value {
        switch node.kind {
        case .number(let value): return .scalar(value, .none)
        case .string(let text): return .string(text)
        case .selector(let index):
            return selectors[index].range == nil ? .vector(elements(of: index)) : .matrix(try ranges(node).series)
        case .subquery: return .matrix(try ranges(node).series)
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

    private func elements(of index: Int) -> [Element] {
        let instant = instant(selectors[index].anchor, offset: selectors[index].offset)
        return ordered(index).compactMap { series in
            guard let point = series.point(at: instant) else { return nil }
            let source = SampleSource(selector: index, labels: series.labels)
            return Element(labels: series.labels, value: point.value, sources: SampleSources(source))
        }
    }

    private func signed(
        _ operand: ExpressionNode, isNegative: Bool, at position: SourcePosition
    ) throws(QueryError) -> Value {
        let inner = try value(of: operand)
        guard isNegative else { return inner }
        switch inner {
        case .scalar(let value, let sources): return .scalar(-value, sources)
        case .string, .matrix:
            throw QueryError("a \(isNegative ? "minus" : "plus") needs a number or a vector", at: position)
        case .vector(let elements):
            let negated = elements.map { Element(labels: $0.labels.withoutName, value: -$0.value, sources: $0.sources) }
            return try unique(negated, at: position)
        }
    }
}
