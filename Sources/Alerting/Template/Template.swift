package import Query

/// A text with places to fill in: the part of Go's templates that Prometheus users write in labels and annotations.
///
/// Understood are `$labels.x`, `$value`, `.Labels.x`, `.Value`, the external labels and URL, literals, pipelines,
/// `if`, `else`, `end`, comments, trimming, and the functions of ``TemplateFunction``. Kinds of values are checked
/// when the template is read, so that what Prometheus would only find out when an alert fires is found at load.
package struct Template: Hashable, Sendable {
    /// The greatest accepted size of a template in bytes.
    package static let sizeLimit = 65_536
    /// The greatest size of a filled-in text in bytes.
    package static let outputLimit = 65_536

    /// The template as it was written.
    package let text: String
    private let nodes: [TemplateNode]

    /// Reads a template; the error has line and column.
    package init(_ text: String) throws(QueryError) {
        guard text.utf8.count <= Self.sizeLimit else {
            throw QueryError("a template may have at most \(Self.sizeLimit) bytes", at: .start)
        }
        self.text = text
        var parser = try TemplateParser(text)
        nodes = try parser.parse()
    }

    /// A text in which nothing is filled in, whatever it contains.
    package init(literal text: String) {
        self.text = text
        nodes = [.text(text)]
    }

    /// Whether the value of the rule's expression occurs in it.
    package var usesValue: Bool { nodes.contains(where: \.usesValue) }

    /// The filled-in text; where that fails, `<error expanding template: ...>` instead, as in Prometheus.
    package func expansion(in context: TemplateContext) -> String {
        var evaluator = TemplateEvaluator(context: context)
        do {
            try evaluator.run(nodes)
            return evaluator.output
        } catch {
            return "<error expanding template: \(error.message)>"
        }
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
