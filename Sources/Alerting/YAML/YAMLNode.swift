package import Query

/// A value of a YAML or JSON document with its place in the file.
package struct YAMLNode: Sendable {
    /// What a node holds.
    package enum Content: Sendable {
        /// A text, number, truth value or nothing, as it was written.
        case scalar(String, YAMLScalarStyle)
        /// A list.
        case sequence([YAMLNode])
        /// Keys with values, in the order of the file, without duplicate keys.
        case mapping([YAMLEntry])
    }

    /// What the node holds.
    package let content: Content
    /// Where it begins.
    package let position: SourcePosition

    /// Whether the node is an unquoted nothing: empty, `~` or `null`.
    package var isNull: Bool {
        guard case .scalar(let text, .plain) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What to call the node in a message.
    var kindName: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
