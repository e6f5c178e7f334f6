/// Fills in a template for one alert or notification.
struct TemplateEvaluator {
    private let root: TemplateValue
    private let language: TemplateLanguage
    /// What was written so far.
    private(set) var output = ""

    init(_ root: TemplateValue, language: TemplateLanguage) {
        self.root = root
        self.language = language
    }

    /// Writes the nodes.
    mutating func run(_ nodes: [TemplateNode]) throws(TemplateFailure) {
        try run(nodes, dot: root)
    }

    private mutating func run(_ nodes: [TemplateNode], dot: TemplateValue) throws(TemplateFailure) {
        for node in nodes {
            guard output.utf8.count < language.outputLimit || language == .annotation else { return }
            switch node {
            case .text(let text): try write(text)
            case .output(let expression): try write(value(of: expression, dot: dot).printed)
            case .condition(let expression, let then, let otherwise):
                try run(value(of: expression, dot: dot).isTrue ? then : otherwise, dot: dot)
            case .loop(let expression, let body, let otherwise):
                let members = try value(of: expression, dot: dot).members
                if members.isEmpty { try run(otherwise, dot: dot) }
                for member in members { try run(body, dot: member) }
            }
        }
    }

    private mutating func write(_ text: String) throws(TemplateFailure) {
        let room = language.outputLimit - output.utf8.count
        guard text.utf8.count > room else {
            output += text
            return
        }
        guard language == .message else {
            throw TemplateFailure(message: "the text is longer than \(language.outputLimit) bytes")
        }
        output += CutText.bytes(text, most: room)
    }

    private func value(of expression: TemplateExpression, dot: TemplateValue) throws(TemplateFailure) -> TemplateValue {
        switch expression {
        case .constant(let value): return value
        case .path(let fromRoot, let fields): return fields.reduce(fromRoot ? root : dot) { $0.field($1) }
        case .call(let call):
            var values: [TemplateValue] = []
            for argument in call.arguments {
                values.append(try value(of: argument, dot: dot))
                // What follows is not looked at, and cannot fail.
                if call.function.isDecided(by: values[values.count - 1]) { break }
            }
            return try call.value(values, limit: language.outputLimit)
        }
    }
}

extension TemplateFunction {
    /// Whether `and` or `or` need no further argument.
    fileprivate func isDecided(by value: TemplateValue) -> Bool {
        (self == .and && !value.isTrue) || (self == .or && value.isTrue)
    }
}
