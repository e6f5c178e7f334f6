import Monitoring
import Query
import Statistics

/// How many alerts a rule raises by chance alone where nothing drifts, as far as its thresholds promise a rate.
///
/// Every series that is held against its derived threshold is a test at the model's level for each window end; runs of
/// overlapping windows count once (``FalseAlertBudget``). Under Benjamini and Hochberg's control a window and measure is one test.
/// What a rule asks beyond, such as `for`, only makes it less.
struct FalseAlarmEstimate {
    let subject: SeriesReader.Subject
    let from: Time
    let to: Time

    /// The expected number of alerts; nil where nothing in the expression promises a rate.
    func alerts(of expression: Expression) -> Double? {
        bound(expression.root, expression)
    }

    private func bound(_ node: ExpressionNode, _ expression: Expression) -> Double? {
        switch node.kind {
        case .number, .string: return nil
        case .selector(let index):
            let selector = expression.selectors[index]
            return selector.name == SeriesName(.psi, .drifted).text ? tests(of: selector, isControlled: true) : nil
        case .sign(_, let operand): return bound(operand, expression)
        case .binary(let operation):
            let (left, right) = (bound(operation.left, expression), bound(operation.right, expression))
            switch operation.operation {
            case .and: return [left, right].compactMap(\.self).min()
            case .or:
                guard let left, let right else { return nil }
                return left + right
            case .unless: return left
            case let other where other.isComparison:
                return threshold(operation.right, expression) ?? threshold(operation.left, expression) ?? left ?? right
            default: return left ?? right
            }
        case .aggregation(let aggregation): return bound(aggregation.operand, expression)
        case .call(let call): return call.arguments.compactMap { bound($0, expression) }.min()
        case .subquery(let subquery): return bound(subquery.operand, expression)
        }
    }

    /// The rate of a side of a comparison that is a derived threshold.
    private func threshold(_ node: ExpressionNode, _ expression: Expression) -> Double? {
        guard case .selector(let index) = node.kind,
            let name = expression.selectors[index].name.flatMap(SeriesName.init),
            name.aspect == .threshold || name.aspect == .thresholdLow
        else { return nil }
        return tests(of: expression.selectors[index], isControlled: false)
    }

    private func tests(of selector: VectorSelector, isControlled: Bool) -> Double {
        let schema = subject.schema
        let isOneTest = isControlled && schema.alerting.control == .benjaminiHochberg
        let selection = SeriesReader.Selection(selector.matchers, of: subject)
        let columns = selection.choices.reduce(0) { sum, choice in
            sum + choice.references.count * (isOneTest ? min(1, choice.columns.count) : choice.columns.count)
        }
        let streams = selection.windows.map { window in
            FalseAlertBudget.Stream(
                windows: (to - from).seconds / window.step.seconds,
                stepShare: window.step.seconds / window.length.seconds)
        }
        return selection.slices.reduce(0) { sum, slice in
            let level =
                isControlled
                ? schema.testLevel(among: subject.slices.segments(beside: slice)) : schema.alerting.falseAlarmRate
            return sum + FalseAlertBudget.alerts(level: level, tests: columns, streams: streams)
        }
    }
}
