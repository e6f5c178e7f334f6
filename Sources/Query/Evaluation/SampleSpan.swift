package import Monitoring

/// The stretch of time whose samples a selector may take, both ends included.
package struct SampleSpan: Hashable, Sendable {
    /// The first instant at which it looks, or the beginning of its range there.
    package internal(set) var start: Time
    /// The last instant at which it looks.
    package internal(set) var end: Time
}

extension Expression {
    /// For every selector the samples that an evaluation needs; an instant selector sees further back by its lookback.
    ///
    /// - Parameters:
    ///   - start: The first instant that is evaluated.
    ///   - end: The last one.
    /// - Returns: A stretch for each member of ``selectors``.
    package func spans(from start: Time, through end: Time) -> [SampleSpan] {
        var spans = selectors.map { _ in SampleSpan(start: end, end: start) }
        let bounds = SampleSpan(start: start, end: end)
        note(root, bounds, bounds, &spans)
        return spans
    }

    private func note(_ node: ExpressionNode, _ seen: SampleSpan, _ bounds: SampleSpan, _ spans: inout [SampleSpan]) {
        switch node.kind {
        case .selector(let index):
            let selector = selectors[index]
            let base = Self.anchored(selector.anchor, seen, bounds)
            spans[index] = SampleSpan(
                start: base.start - selector.offset - (selector.range ?? .zero), end: base.end - selector.offset)
        case .subquery(let subquery):
            let base = Self.anchored(subquery.anchor, seen, bounds)
            let inner = SampleSpan(
                start: base.start - subquery.offset - subquery.range, end: base.end - subquery.offset)
            note(subquery.operand, inner, bounds, &spans)
        default: for part in node.parts { note(part, seen, bounds, &spans) }
        }
    }

    private static func anchored(_ anchor: TimeAnchor?, _ seen: SampleSpan, _ bounds: SampleSpan) -> SampleSpan {
        switch anchor {
        case nil: seen
        case .time(let time): SampleSpan(start: time, end: time)
        case .start: SampleSpan(start: bounds.start, end: bounds.start)
        case .end: SampleSpan(start: bounds.end, end: bounds.end)
        }
    }

    /// For every selector the series of which an evaluation at an instant sees any sample.
    package func seen(_ series: [[SelectedSeries]], at time: Time) -> [[Sample]] {
        zip(spans(from: time, through: time), zip(selectors, series)).map { span, part in
            part.1.compactMap { series in
                if let point = series.point(at: span.end) { return Sample(labels: series.labels, value: point.value) }
                let isInstant = part.0.range == nil && span.start == span.end
                guard !isInstant, let last = series.samples(from: span.start, through: span.end).last else {
                    return nil
                }
                return Sample(labels: series.labels, value: last.value)
            }
        }
    }
}
