import Query

/// Fills in a template for one alert.
struct TemplateEvaluator {
    let context: TemplateContext
    /// What was written so far.
    private(set) var output = ""

    init(context: TemplateContext) {
        self.context = context
    }

    /// Writes the nodes.
    mutating func run(_ nodes: [TemplateNode]) throws(TemplateFailure) {
        for node in nodes {
            switch node {
            case .text(let text): try write(text)
            case .output(let expression): try write(value(of: expression).printed)
            case .condition(let expression, let then, let otherwise):
                try run(value(of: expression).isTrue ? then : otherwise)
            }
        }
    }

    private mutating func write(_ text: String) throws(TemplateFailure) {
        guard output.utf8.count + text.utf8.count <= Template.outputLimit else {
            throw TemplateFailure(message: "the text is longer than \(Template.outputLimit) bytes")
        }
        output += text
    }

    private func value(of expression: TemplateExpression) throws(TemplateFailure) -> TemplateValue {
        switch expression {
        case .constant(let value): return value
        case .value: return .number(context.value)
        case .label(let name): return .text(context.labels[name])
        case .externalLabel(let name): return .text(context.externalLabels[name])
        case .externalURL: return .text(context.externalURL)
        case .call(let call): return try value(of: call)
        }
    }

    private func value(of call: TemplateCall) throws(TemplateFailure) -> TemplateValue {
        if call.function == .and || call.function == .or { return try firstDecisive(call) }
        var values: [TemplateValue] = []
        for argument in call.arguments { values.append(try value(of: argument)) }
        switch call.function {
        case .not: return .boolean(!values[0].isTrue)
        case .eq: return .boolean(values.dropFirst().contains { TemplateOrder.areEqual(values[0], $0) })
        case .ne: return .boolean(!TemplateOrder.areEqual(values[0], values[1]))
        case .lt: return .boolean(TemplateOrder.isLess(values[0], values[1]))
        case .le:
            return .boolean(TemplateOrder.isLess(values[0], values[1]) || TemplateOrder.areEqual(values[0], values[1]))
        case .gt:
            return .boolean(
                !TemplateOrder.isLess(values[0], values[1]) && !TemplateOrder.areEqual(values[0], values[1]))
        case .ge: return .boolean(!TemplateOrder.isLess(values[0], values[1]))
        case .printf: return .text(call.format?.text(Array(values.dropFirst())) ?? "")
        case .match: return .boolean(call.pattern?.matchesPart(of: values[1].printed) ?? false)
        case .reReplaceAll: return .text(try replaced(call, values))
        case .title: return .text(TemplateCase.title(values[0].printed))
        case .toUpper: return .text(TemplateCase.upper(values[0].printed))
        case .toLower: return .text(TemplateCase.lower(values[0].printed))
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp:
            return .text(try TemplateHumanize.text(call.function, values[0]))
        case .and, .or: return .boolean(false)
        }
    }

    /// `and` gives the first argument that is false, `or` the first that is true, else the last; the rest is not
    /// looked at.
    private func firstDecisive(_ call: TemplateCall) throws(TemplateFailure) -> TemplateValue {
        var last = TemplateValue.boolean(false)
        for argument in call.arguments {
            last = try value(of: argument)
            if last.isTrue == (call.function == .or) { return last }
        }
        return last
    }

    private func replaced(_ call: TemplateCall, _ values: [TemplateValue]) throws(TemplateFailure) -> String {
        let text = values[2].printed
        let result = call.pattern?.replacingMatches(in: text, with: values[1].printed, limit: Template.outputLimit)
        guard let result else { throw TemplateFailure(message: "the text is too long for reReplaceAll") }
        return result
    }
}
