/// What an expression evaluates to.
package enum Value: Sendable {
    /// One number, with the samples that it was made of.
    case scalar(Double, SampleSources)
    /// A text.
    case string(String)
    /// Values with labels, without two of the same labels.
    case vector([Element])
    /// Stretches of samples with labels, without two of the same labels.
    case matrix([RangeSeries])

    /// The elements of a vector, or a number as one element without labels; nil for a text and for stretches.
    package var elements: [Element]? {
        switch self {
        case .vector(let elements): elements
        case .scalar(let value, let sources): [Element(labels: .empty, value: value, sources: sources)]
        case .string, .matrix: nil
        }
    }
}
