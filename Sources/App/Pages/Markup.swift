import Alerting

/// HTML that is safe to send: its literals stand in our code, and every text that is put into it is escaped.
///
/// Literals are static, so that no text of the running program can become markup without being escaped.
struct Markup: ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral value: StaticString) {
        text = "\(value)"
    }

    init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    /// Parts after each other, each on a line.
    init(_ parts: some Sequence<Markup>) {
        text = parts.map(\.text).joined(separator: "\n")
    }

    static let empty: Markup = ""

    /// Parts of a literal as they are, texts and numbers escaped, markup as it is.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate(set) var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        mutating func appendLiteral(_ literal: StaticString) {
            text += "\(literal)"
        }

        mutating func appendInterpolation(_ markup: Markup) {
            text += markup.text
        }

        mutating func appendInterpolation(_ value: String) {
            text += MarkupText.escaped(value)
        }

        mutating func appendInterpolation(_ number: some BinaryInteger) {
            text += "\(number)"
        }
    }
}
