package import Query

/// A text with places to fill in from a notification: the part of Go's templates that Alertmanager users write in messages.
///
/// Understood are the fields of Alertmanager's template data (`.CommonLabels.alertname`, `.Alerts.Firing`), `$` for the whole
/// notification, `if`, `else`, `range`, `end`, pipes, comments, trimming, and the functions of ``MessageFunction``. Everything
/// else, an unknown field included, is refused when the template is read, with line and column.
package struct MessageTemplate: Sendable {
    /// The greatest accepted size of a template in bytes.
    package static let sizeLimit = 65_536
    /// The greatest size of a filled-in text in bytes.
    package static let outputLimit = 1_048_576

    /// The template as it was written.
    package let text: String
    private let nodes: [MessageNode]

    /// Reads a template; the error has line and column.
    package init(_ text: String) throws(QueryError) {
        guard text.utf8.count <= Self.sizeLimit else {
            throw QueryError("a template may have at most \(Self.sizeLimit) bytes", at: .start)
        }
        self.text = text
        var parser = try MessageTemplateParser(text)
        nodes = try parser.parse()
    }

    /// The filled-in text, at most ``outputLimit`` bytes of it.
    package func expansion(_ notification: MessageValue) -> String {
        var output = ""
        Self.run(nodes, root: notification, dot: notification, into: &output)
        return output
    }

    private static func run(
        _ nodes: [MessageNode], root: MessageValue, dot: MessageValue, into output: inout String
    ) {
        for node in nodes {
            guard output.utf8.count < outputLimit else { return }
            switch node {
            case .text(let text): write(text, to: &output)
            case .output(let expression): write(expression.value(root: root, dot: dot).printed, to: &output)
            case .condition(let expression, let then, let otherwise):
                let holds = expression.value(root: root, dot: dot).isTrue
                run(holds ? then : otherwise, root: root, dot: dot, into: &output)
            case .loop(let expression, let body, let otherwise):
                guard case .list(let members) = expression.value(root: root, dot: dot), !members.isEmpty else {
                    run(otherwise, root: root, dot: dot, into: &output)
                    continue
                }
                for member in members { run(body, root: root, dot: member, into: &output) }
            }
        }
    }

    private static func write(_ text: String, to output: inout String) {
        let room = outputLimit - output.utf8.count
        output += text.utf8.count <= room ? text : CutText.bytes(text, most: room)
    }
}

extension MessageTemplate: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}
