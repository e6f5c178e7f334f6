package import Query

/// A key of a YAML mapping with its value.
package struct YAMLEntry: Sendable {
    /// The key.
    package let key: String
    /// Where the key begins.
    package let keyPosition: SourcePosition
    /// The value.
    package let value: YAMLNode
}
