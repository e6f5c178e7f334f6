/// The syntax tree of a regular expression.
indirect enum RegexNode: Sendable {
    /// Matches the empty text.
    case empty
    /// One scalar of a set.
    case scalar(ScalarClass)
    /// A condition between two scalars.
    case assertion(RegexAssertion)
    /// One after another.
    case sequence([RegexNode])
    /// One of several, earlier ones preferred.
    case alternatives([RegexNode])
    /// A node that is remembered under a number from 1.
    case group(Int, RegexNode)
    /// A node many times; `most` is nil for no limit.
    case repetition(RegexNode, least: Int, most: Int?, isLazy: Bool)
}
