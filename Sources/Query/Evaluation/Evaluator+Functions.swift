import Monitoring

extension Evaluator {
    /// The value of a function.
    func value(of call: FunctionCall, at position: SourcePosition) throws(QueryError) -> Value {
        switch call.function {
        case .time: return .scalar(time.epochSeconds, .none)
        case .vector:
            let number = try scalar(call.arguments[0])
            return .vector([Element(labels: .empty, value: number.value, sources: number.sources)])
        case .scalar:
            let elements = try vector(call.arguments[0])
            let value = elements.count == 1 ? elements[0].value : .nan
            return .scalar(value, .union(elements.map(\.sources)))
        case .absent: return try absent(call.arguments[0])
        case .absentOverTime: return try absentOverTime(call.arguments[0])
        case .labelReplace: return try unique(labelReplace(call), at: position)
        case .labelJoin: return try unique(labelJoin(call), at: position)
        case .timestamp: return try unique(timestamps(call.arguments[0]), at: position)
        case .dayOfMonth, .dayOfWeek, .daysInMonth, .hour, .minute, .month, .year:
            return try unique(calendar(call), at: position)
        case .avgOverTime, .changes, .countOverTime, .delta, .deriv, .idelta, .increase, .lastOverTime, .maxOverTime,
            .minOverTime, .predictLinear, .presentOverTime, .quantileOverTime, .rate, .resets, .stddevOverTime,
            .stdvarOverTime, .sumOverTime:
            return try unique(overTime(call), at: position)
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
        return .vector([Element(labels: labelsOfAbsence(argument), value: 1)])
    }

    /// The labels that a selector's equalities name; none of anything else.
    func labelsOfAbsence(_ argument: ExpressionNode) -> Labels {
        guard case .selector(let index) = argument.kind else { return .empty }
        var labels = Labels.empty
        var named: Set<String> = []
        for matcher in selectors[index].matchers where matcher.name != Labels.metricName {
            // A label that is named twice, or otherwise than with =, has no single value.
            let isFirst = matcher.operation == .equal && named.insert(matcher.name).inserted
            labels = labels.setting(matcher.name, to: isFirst ? matcher.value : "")
        }
        return labels
    }

    /// The times of the samples themselves, where the argument is a selector; else the evaluated instant.
    private func timestamps(_ argument: ExpressionNode) throws(QueryError) -> [Element] {
        let elements = try vector(argument)
        guard case .selector(let index) = argument.kind else {
            return elements.map {
                Element(labels: $0.labels.withoutName, value: time.epochSeconds, sources: $0.sources)
            }
        }
        let instant = instant(selectors[index].anchor, offset: selectors[index].offset)
        return zip(elements, ordered(index).compactMap { $0.point(at: instant) }).map { element, point in
            Element(labels: element.labels.withoutName, value: point.time.epochSeconds, sources: element.sources)
        }
    }

    /// A part of the calendar date, in UTC, of each value in seconds since 1970; of the instant without an argument.
    private func calendar(_ call: FunctionCall) throws(QueryError) -> [Element] {
        guard let argument = call.arguments.first else {
            return [Element(labels: .empty, value: CalendarPart.value(call.function, ofSeconds: time.epochSeconds))]
        }
        return try vector(argument).map { element in
            Element(
                labels: element.labels.withoutName, value: CalendarPart.value(call.function, ofSeconds: element.value),
                sources: element.sources)
        }
    }

    private func labelJoin(_ call: FunctionCall) throws(QueryError) -> [Element] {
        var texts: [String] = []
        for argument in call.arguments.dropFirst() {
            if case .string(let text) = argument.kind { texts.append(text) }
        }
        guard texts.count >= 2 else { return [] }
        return try vector(call.arguments[0]).map { element in
            var joined = element
            let values = texts.dropFirst(2).map { element.labels[$0] }
            joined.labels = element.labels.setting(texts[0], to: values.joined(separator: texts[1]))
            return joined
        }
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
