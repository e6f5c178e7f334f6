package import Monitoring
package import Query

/// Reads one YAML or JSON file strictly and gathers every mistake in it.
///
/// Each method that reads a node returns nil after it has reported why, so that a caller goes on with the rest of the
/// file. An empty value (`key:`, `~`, `null`) counts as a key that is not there.
package struct YAMLReader: Sendable {
    /// The file as the caller named it.
    package let file: String
    /// The mistakes found so far.
    package private(set) var diagnostics: [RuleFileError.Diagnostic] = []
    private var source: YAMLSource

    /// A reader of one file's text.
    package init(file: String, text: String) {
        self.file = file
        source = YAMLSource(text)
    }

    /// The document's root, or nil with the mistake reported. An empty file is an empty mapping.
    ///
    /// Refused: more than 1 MiB, several documents, anchors, aliases, tags, keys that are not texts, keys that occur
    /// twice.
    package mutating func root() -> YAMLNode? {
        do {
            return try YAMLDocument.root(of: source.text)
        } catch {
            report(error.message, at: error.position)
            return nil
        }
    }

    /// Adds a mistake.
    package mutating func report(_ message: String, at position: SourcePosition) {
        diagnostics.append(RuleFileError.Diagnostic(file: file, position: position, message: message))
    }

    /// Adds a mistake inside a scalar, at a place of its value; the place is translated to the file.
    package mutating func report(_ message: String, in node: YAMLNode, at place: SourcePosition) {
        report(message, at: source.position(of: place, in: node))
    }

    /// The place in the file of a place in a scalar's value.
    package mutating func place(of place: SourcePosition, in node: YAMLNode) -> SourcePosition {
        source.position(of: place, in: node)
    }

    /// Throws what was reported, if anything was.
    package func finish() throws(RuleFileError) {
        if !diagnostics.isEmpty { throw RuleFileError(diagnostics) }
    }

    /// The values of a mapping by key; unknown keys are reported, empty values left out.
    ///
    /// - Parameters:
    ///   - node: The node that should be a mapping.
    ///   - what: What the mapping is, for messages: `a rule`.
    ///   - keys: The keys that are allowed.
    /// - Returns: The values, or nil where the node is no mapping.
    package mutating func mapping(_ node: YAMLNode, _ what: String, keys: [String]) -> [String: YAMLNode]? {
        guard let entries = entries(node, what) else { return nil }
        var values: [String: YAMLNode] = [:]
        for entry in entries {
            guard keys.contains(entry.key) else {
                let known = keys.sorted().joined(separator: ", ")
                report("\(what) has no key \(entry.key.quoted); it may have: \(known)", at: entry.keyPosition)
                continue
            }
            if !entry.value.isNull { values[entry.key] = entry.value }
        }
        return values
    }

    /// The entries of a mapping with any keys.
    package mutating func entries(_ node: YAMLNode, _ what: String) -> [YAMLEntry]? {
        if case .mapping(let entries) = node.content { return entries }
        if node.isNull { return [] }
        report("\(what) must be a mapping (key: value), not \(node.kindName)", at: node.position)
        return nil
    }

    /// The members of a list.
    package mutating func sequence(_ node: YAMLNode, _ what: String) -> [YAMLNode]? {
        if case .sequence(let nodes) = node.content { return nodes }
        if node.isNull { return [] }
        report("\(what) must be a list, not \(node.kindName)", at: node.position)
        return nil
    }

    /// A text; numbers and truth values are taken as they are written.
    package mutating func text(_ node: YAMLNode, _ what: String) -> String? {
        if case .scalar(let text, _) = node.content { return node.isNull ? "" : text }
        report("\(what) must be a text, not \(node.kindName)", at: node.position)
        return nil
    }

    /// A list of texts.
    package mutating func texts(_ node: YAMLNode, _ what: String) -> [String]? {
        sequence(node, what)?.compactMap { text($0, "a member of \(what)") }
    }

    /// Texts by key, such as labels, in the order of the file.
    package mutating func textEntries(_ node: YAMLNode, _ what: String) -> [(entry: YAMLEntry, text: String)]? {
        entries(node, what)?.compactMap { entry in
            text(entry.value, "\(what): \(entry.key)").map { (entry, $0) }
        }
    }

    /// A Prometheus duration such as `5m`.
    package mutating func duration(_ node: YAMLNode, _ what: String) -> PrometheusDuration? {
        guard let text = text(node, what) else { return nil }
        if let duration = PrometheusDuration(text) { return duration }
        report("\(what) must be a duration such as 30s, 5m or 1h30m, not \(text.quoted)", at: node.position)
        return nil
    }

    /// A truth value, `true` or `false`.
    package mutating func boolean(_ node: YAMLNode, _ what: String) -> Bool? {
        if case .scalar(let text, .plain) = node.content {
            if ["true", "True", "TRUE"].contains(text) { return true }
            if ["false", "False", "FALSE"].contains(text) { return false }
        }
        report("\(what) must be true or false", at: node.position)
        return nil
    }

    /// A whole number within a range.
    package mutating func integer(_ node: YAMLNode, _ what: String, in range: ClosedRange<Int>) -> Int? {
        if case .scalar(let text, .plain) = node.content, let number = Int(text), range.contains(number) {
            return number
        }
        report("\(what) must be a whole number from \(range.lowerBound) to \(range.upperBound)", at: node.position)
        return nil
    }

    /// A number, also `.inf` and `.nan`.
    package mutating func number(_ node: YAMLNode, _ what: String) -> Double? {
        if case .scalar(let text, .plain) = node.content, let number = YAMLNumber.value(of: text) { return number }
        report("\(what) must be a number", at: node.position)
        return nil
    }
}
