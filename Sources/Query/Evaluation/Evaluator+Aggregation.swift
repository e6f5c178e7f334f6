extension Evaluator {
    /// The elements of an aggregation.
    func elements(of aggregation: Aggregation) throws(QueryError) -> [Element] {
        let elements = try vector(aggregation.operand)
        if aggregation.operation == .countValues { return countValues(elements, aggregation) }
        let parameter = try aggregation.parameter.map { node throws(QueryError) in try scalar(node) }
        var order: [Labels] = []
        var groups: [Labels: [Element]] = [:]
        for element in elements {
            let key = aggregation.key(of: element.labels)
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(element)
        }
        let number = parameter?.value ?? 0
        if aggregation.operation.isSelection {
            let count = try selectionCount(number, aggregation, limit: elements.count)
            return order.flatMap { key in
                selection(groups[key] ?? [], count, isTop: aggregation.operation == .topk, parameter?.sources)
            }
        }
        return order.map { key in
            let members = groups[key] ?? []
            let value = Self.combine(members.map(\.value), aggregation.operation, parameter: number)
            let sources = members.map(\.sources) + [parameter?.sources ?? .none]
            return Element(labels: key, value: value, sources: .union(sources))
        }
    }

    /// How often each value occurs in each group, the value being the text of a label.
    private func countValues(_ elements: [Element], _ aggregation: Aggregation) -> [Element] {
        guard case .string(let name)? = aggregation.parameter?.kind else { return [] }
        var order: [Labels] = []
        var groups: [Labels: [SampleSources]] = [:]
        for element in elements {
            let key = aggregation.key(of: element.labels).setting(name, to: NumberText.positional(element.value))
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(element.sources)
        }
        return order.map { key in
            let members = groups[key] ?? []
            return Element(labels: key, value: Double(members.count), sources: .union(members))
        }
    }

    private func selectionCount(_ number: Double, _ aggregation: Aggregation, limit: Int) throws(QueryError) -> Int {
        guard number > -0x1p63, number < 0x1p63 else {
            let position = aggregation.parameter?.position ?? .start
            throw QueryError("the count of \(aggregation.operation.rawValue) must be a whole number", at: position)
        }
        return Int(max(0, min(number, Double(limit))))
    }

    /// The greatest or least elements, NaN last, ties in the order of labels. Each rests on its whole group.
    private func selection(
        _ members: [Element], _ count: Int, isTop: Bool, _ parameter: SampleSources?
    ) -> [Element] {
        let sorted = members.enumerated().sorted { first, second in
            let (left, right) = (first.element.value, second.element.value)
            if left.isNaN || right.isNaN || left == right {
                return left.isNaN == right.isNaN ? first.offset < second.offset : right.isNaN
            }
            return isTop ? left > right : left < right
        }
        let sources = SampleSources.union(members.map(\.sources) + [parameter ?? .none])
        return sorted.prefix(count).map {
            Element(labels: $0.element.labels, value: $0.element.value, sources: sources)
        }
    }

    /// The value of a group, which is not empty.
    private static func combine(_ values: [Double], _ operation: AggregationOperator, parameter: Double) -> Double {
        switch operation {
        case .sum: values.dropFirst().reduce(values[0], +)
        case .avg: mean(values)
        case .max: values.dropFirst().reduce(values[0]) { $0 < $1 || $0.isNaN ? $1 : $0 }
        case .min: values.dropFirst().reduce(values[0]) { $0 > $1 || $0.isNaN ? $1 : $0 }
        case .count: Double(values.count)
        case .group: 1
        case .stddev: variance(values).squareRoot()
        case .stdvar: variance(values)
        case .quantile: quantile(parameter, values)
        case .topk, .bottomk, .countValues: .nan
        }
    }

    /// The running mean, which neither overflows nor turns equal infinities into NaN; Prometheus's own recurrence.
    private static func mean(_ values: [Double]) -> Double {
        var mean = values[0]
        var count = 1.0
        for value in values.dropFirst() {
            count += 1
            if mean.isInfinite {
                if value.isInfinite, (mean > 0) == (value > 0) { continue }
                if value.isFinite { continue }
            }
            mean += value / count - mean / count
        }
        return mean
    }

    /// The population variance by Welford's recurrence; 0 for one value, whatever it is, as in Prometheus 2.
    private static func variance(_ values: [Double]) -> Double {
        var mean = values[0]
        var squares = 0.0
        var count = 1.0
        for value in values.dropFirst() {
            count += 1
            let delta = value - mean
            mean += delta / count
            squares += delta * (value - mean)
        }
        return squares / count
    }

    /// The quantile by linear interpolation, NaN before every number.
    static func quantile(_ share: Double, _ values: [Double]) -> Double {
        guard !share.isNaN else { return .nan }
        if share < 0 { return -.infinity }
        if share > 1 { return .infinity }
        let sorted = values.sorted { $0.isNaN ? !$1.isNaN : $0 < $1 }
        let rank = share * Double(sorted.count - 1)
        let lower = Int(rank.rounded(.down))
        let upper = min(lower + 1, sorted.count - 1)
        let weight = rank - rank.rounded(.down)
        return sorted[lower] * (1 - weight) + sorted[upper] * weight
    }
}
