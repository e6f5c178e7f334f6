/// A condition on a place between two scalars.
enum RegexAssertion: Hashable, Sendable {
    case textStart
    case textEnd
    case lineStart
    case lineEnd
    case wordBoundary
    case noWordBoundary

    /// Whether the condition holds between these scalars; nil is the border of the text.
    func holds(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) -> Bool {
        switch self {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lineStart: previous == nil || previous == "\n"
        case .lineEnd: next == nil || next == "\n"
        case .wordBoundary: PerlClass.isWord(previous) != PerlClass.isWord(next)
        case .noWordBoundary: PerlClass.isWord(previous) == PerlClass.isWord(next)
        }
    }
}
