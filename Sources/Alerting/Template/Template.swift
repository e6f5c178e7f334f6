package import Query

/// A text with places to fill in, in the part of Go's templates that users of Prometheus and Alertmanager write.
///
/// Understood are the fields and variables of its ``TemplateLanguage``, literals, pipelines, `if`, `else`, `end`, `range` in
/// messages, comments, trimming, and the functions of ``TemplateFunction``. Kinds of values are checked when the template is
/// read, so that what others find out when an alert fires is found at load, with line and column.
package struct Template: Sendable {
    /// The greatest accepted size of a template in bytes.
    package static let sizeLimit = 65_536

    /// The template as it was written.
    package let text: String
    private let language: TemplateLanguage
    private let nodes: [TemplateNode]

    /// Reads a template; the error has line and column.
    package init(_ text: String, language: TemplateLanguage = .annotation) throws(QueryError) {
        guard text.utf8.count <= Self.sizeLimit else {
            throw QueryError("a template may have at most \(Self.sizeLimit) bytes", at: .start)
        }
        self.text = text
        self.language = language
        var parser = try TemplateParser(text, language: language)
        nodes = try parser.parse()
    }

    /// A text in which nothing is filled in, whatever it contains.
    package init(literal text: String) {
        self.text = text
        language = .annotation
        nodes = [.text(text)]
    }

    /// Whether the value of the rule's expression occurs in it.
    package var usesValue: Bool { nodes.contains(where: \.usesValue) }

    /// The filled-in text, in bounds; where that fails, `<error expanding template: ...>` instead, as in Prometheus.
    package func expansion(of value: TemplateValue) -> String {
        var evaluator = TemplateEvaluator(value, language: language)
        do {
            try evaluator.run(nodes)
            return evaluator.output
        } catch {
            return "<error expanding template: \(error.message)>"
        }
    }
}

extension Template: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.language == right.language && left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
