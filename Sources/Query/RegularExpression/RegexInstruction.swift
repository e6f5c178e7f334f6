/// One step of a compiled regular expression.
enum RegexInstruction: Sendable {
    /// Consumes one scalar of a set and goes on with the next instruction.
    case consume(ScalarClass)
    /// Goes on at both places, the first preferred.
    case split(Int, Int)
    /// Goes on elsewhere.
    case jump(Int)
    /// Remembers the place in a slot.
    case save(Int)
    /// Goes on where a condition holds.
    case assert(RegexAssertion)
    /// The text matches.
    case match
}
