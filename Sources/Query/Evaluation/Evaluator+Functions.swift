import Monitoring

extension Evaluator {
    /// The value of a function.
    func value(of call: FunctionCall, at position: SourcePosition) throws(QueryError) -> Value {
        switch call.function {
        case .time: return .scalar(Double(time.microseconds) / 1_000_000, .none)
        case .vector:
            let number = try scalar(call.arguments[0])
            return .vector([Element(labels: .empty, value: number.value, sources: number.sources)])
        case .scalar:
            let elements = try vector(call.arguments[0])
            let value = elements.count == 1 ? elements[0].value : .nan
            return .scalar(value, .union(elements.map(\.sources)))
        case .absent: return try absent(call.arguments[0])
        case .labelReplace: return try unique(labelReplace(call), at: position)
        case .abs, .ceil, .clamp, .clampMax, .clampMin, .exp, .floor, .ln, .log10, .log2, .round, .sgn, .sqrt:
            return try unique(mapped(call), at: position)
        }
    }

    /// A function of each element's value; the result has no metric name.
    private func mapped(_ call: FunctionCall) throws(QueryError) -> [Element] {
        let elements = try vector(call.arguments[0])
        var numbers: [Double] = []
        var sources: [SampleSources] = []
        for argument in call.arguments.dropFirst() {
            let number = try scalar(argument)
            numbers.append(number.value)
            sources.append(number.sources)
        }
        // Limits that are the wrong way round leave nothing.
        if call.function == .clamp, numbers[1] < numbers[0] { return [] }
        return elements.map { element in
            let value = Self.apply(call.function, element.value, numbers)
            return Element(
                labels: element.labels.withoutName, value: value, sources: .union([element.sources] + sources))
        }
    }

    private static func apply(_ function: QueryFunction, _ value: Double, _ numbers: [Double]) -> Double {
        switch function {
        case .clamp: Arithmetic.maximum(numbers[0], Arithmetic.minimum(numbers[1], value))
        case .clampMin: Arithmetic.maximum(numbers[0], value)
        case .clampMax: Arithmetic.minimum(numbers[0], value)
        case .round: Arithmetic.round(value, to: numbers.first ?? 1)
        default: Arithmetic.apply(function, value)
        }
    }

    /// 1 with the labels that the selector's equalities name, where the argument is empty.
    private func absent(_ argument: ExpressionNode) throws(QueryError) -> Value {
        guard try vector(argument).isEmpty else { return .vector([]) }
        guard case .selector(let index) = argument.kind else { return .vector([Element(labels: .empty, value: 1)]) }
        var labels = Labels.empty
        var named: Set<String> = []
        for matcher in selectors[index].matchers where matcher.name != Labels.metricName {
            // A label that is named twice, or otherwise than with =, has no single value.
            let isFirst = matcher.operation == .equal && named.insert(matcher.name).inserted
            labels = labels.setting(matcher.name, to: isFirst ? matcher.value : "")
        }
        return .vector([Element(labels: labels, value: 1)])
    }

    private func labelReplace(_ call: FunctionCall) throws(QueryError) -> [Element] {
        let elements = try vector(call.arguments[0])
        guard case .string(let target) = call.arguments[1].kind, case .string(let replacement) = call.arguments[2].kind,
            case .string(let source) = call.arguments[3].kind, let pattern = call.pattern
        else { return elements }
        return elements.map { element in
            guard let value = pattern.expansion(of: replacement, matchingWhole: element.labels[source]) else {
                return element
            }
            var replaced = element
            replaced.labels = element.labels.setting(target, to: value)
            return replaced
        }
    }
}
