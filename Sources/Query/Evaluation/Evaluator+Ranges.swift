import Monitoring

/// Stretches of samples, and the functions over them.
extension Evaluator {
    /// The instant at which a selector or subquery looks.
    func instant(_ anchor: TimeAnchor?, offset: PrometheusDuration) -> Time {
        switch anchor {
        case nil: time - offset
        case .time(let fixed): fixed - offset
        case .start: bounds.start - offset
        case .end: bounds.end - offset
        }
    }

    /// The members of a part that the type checker found to be a range vector, with the stretch that they cover.
    func ranges(_ node: ExpressionNode) throws(QueryError) -> (series: [RangeSeries], start: Time, end: Time) {
        switch node.kind {
        case .selector(let index):
            let selector = selectors[index]
            let end = instant(selector.anchor, offset: selector.offset)
            let start = end - (selector.range ?? .zero)
            return (ranges(of: index, from: start, through: end), start, end)
        case .subquery(let subquery): return try ranges(of: subquery, at: node.position)
        default: throw QueryError("expected a range vector", at: node.position)
        }
    }

    private func ranges(of index: Int, from start: Time, through end: Time) -> [RangeSeries] {
        ordered(index).compactMap { series in
            let points = series.samples(from: start, through: end)
            guard !points.isEmpty else { return nil }
            let source = SampleSource(selector: index, labels: series.labels)
            return RangeSeries(labels: series.labels, points: points, sources: SampleSources(source))
        }
    }

    private func ranges(
        of subquery: Subquery, at position: SourcePosition
    ) throws(QueryError) -> (series: [RangeSeries], start: Time, end: Time) {
        let end = instant(subquery.anchor, offset: subquery.offset)
        let start = end - subquery.range
        let step = subquery.step ?? subqueryStep
        let count = subquery.range.microseconds / max(step.microseconds, 1)
        guard count < Subquery.mostSteps else {
            throw QueryError(
                "a subquery may have at most \(Subquery.mostSteps) steps; choose a longer step", at: position)
        }
        var order: [Labels] = []
        var found: [Labels: RangeSeries] = [:]
        var moment = start.ceil(toMultipleOf: step)
        while moment <= end {
            for element in try self.at(moment).vector(subquery.operand) {
                if found[element.labels] == nil { order.append(element.labels) }
                var member =
                    found.removeValue(forKey: element.labels)
                    ?? RangeSeries(labels: element.labels, points: [], sources: .none)
                member.points.append(RangeSeries.Point(time: moment, value: element.value))
                member.sources = .union([member.sources, element.sources])
                found[element.labels] = member
            }
            moment = moment + step
        }
        return (order.compactMap { found[$0] }, start, end)
    }

    /// The value of a function over stretches.
    func overTime(_ call: FunctionCall) throws(QueryError) -> [Element] {
        let place = call.function == .quantileOverTime ? 1 : 0
        let (series, start, end) = try ranges(call.arguments[place])
        var number = 0.0
        if call.arguments.count > 1 { number = try scalar(call.arguments[1 - place]).value }
        return series.compactMap { member in
            guard let value = value(call.function, member.points, number, from: start, to: end) else { return nil }
            let labels = call.function == .lastOverTime ? member.labels : member.labels.withoutName
            return Element(labels: labels, value: value, sources: member.sources)
        }
    }

    private func value(
        _ function: QueryFunction, _ points: [RangeSeries.Point], _ number: Double, from start: Time, to end: Time
    ) -> Double? {
        switch function {
        case .quantileOverTime: return RangeFunctions.quantile(number, points)
        case .delta: return RangeFunctions.change(points, from: start, to: end, isCounter: false)
        case .increase: return RangeFunctions.change(points, from: start, to: end, isCounter: true)
        case .rate:
            return RangeFunctions.change(points, from: start, to: end, isCounter: true, inSecond: true)
        case .predictLinear:
            guard points.count > 1 else { return nil }
            let line = RangeFunctions.line(points, from: time)
            return line.slope * number + line.intercept
        default: return RangeFunctions.value(function, points)
        }
    }

    /// 1 with the labels that the selector's equalities name, where no sample lies in the stretch.
    func absentOverTime(_ argument: ExpressionNode) throws(QueryError) -> Value {
        guard try ranges(argument).series.isEmpty else { return .vector([]) }
        return .vector([Element(labels: labelsOfAbsence(argument), value: 1)])
    }
}
