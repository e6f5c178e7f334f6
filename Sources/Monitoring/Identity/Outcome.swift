package import Statistics

/// What a model said or what turned out true: a class, a number, or nothing.
package enum Outcome: Hashable, Sendable {
    /// No value.
    case none

    /// A class, as canonical text.
    case category(ByteText)

    /// A number of a regression; never NaN.
    case number(Double)

    /// The number, nil for anything else.
    package var number: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// The class, nil for anything else.
    package var category: ByteText? {
        guard case .category(let text) = self else { return nil }
        return text
    }

    /// The class, or the shortest text of the number; empty for nothing.
    package var text: ByteText {
        switch self {
        case .none: ""
        case .category(let text): text
        case .number(let value): ClassText.text(of: value)
        }
    }
}
