/// How a scalar is written in YAML.
package enum YAMLScalarStyle: Hashable, Sendable {
    /// Without quotes; only such a scalar can be a number, a truth value or nothing.
    case plain
    /// In single quotes.
    case singleQuoted
    /// In double quotes.
    case doubleQuoted
    /// A block after `|`.
    case literal
    /// A block after `>`.
    case folded
}
