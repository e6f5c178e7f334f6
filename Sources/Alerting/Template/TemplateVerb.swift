import Query

/// One place of a `printf` format: `%-10.2f`.
struct TemplateVerb: Sendable {
    /// The letter: s, d, f, g, e, v or q.
    let letter: Unicode.Scalar
    /// `-`: padded on the right.
    let isLeftAligned: Bool
    /// `+`: a sign also before positive numbers.
    let showsPlus: Bool
    /// A blank where a plus would be.
    let showsBlank: Bool
    /// `0`: padded with zeros.
    let padsZeros: Bool
    /// The least width in scalars.
    let width: Int
    /// The digits after the point, significant digits of `%g`, or the greatest length of a text.
    let precision: Int?

    /// The kinds of values that the verb prints.
    var types: [TemplateType] {
        switch letter {
        case "s", "q": [.text]
        case "d": [.integer]
        case "e", "f", "g": [.number]
        default: [.text, .integer, .number, .boolean]
        }
    }

    /// The value as Go prints it with this verb.
    func text(_ value: TemplateValue) -> String {
        switch value {
        case .text(let text):
            let cut = precision.map { String(String.UnicodeScalarView(text.unicodeScalars.prefix($0))) } ?? text
            return padded(letter == "q" ? cut.quoted : cut)
        case .boolean, .list, .record, .labels: return padded(value.printed)
        case .integer(let number):
            return signed("\(number.magnitude)", isNegative: number < 0, isSpecial: false)
        case .number(let number):
            let isSpecial = number.isNaN || number.isInfinite
            if number.isNaN {
                return showsPlus || showsBlank ? signed("NaN", isNegative: false, isSpecial: true) : padded("NaN")
            }
            if isSpecial {
                let sign = number < 0 ? "-" : (showsBlank && !showsPlus ? " " : "+")
                return padded(sign + "Inf")
            }
            return signed(digits(number.magnitude), isNegative: number.sign == .minus, isSpecial: false)
        }
    }

    private func digits(_ magnitude: Double) -> String {
        switch letter {
        case "f": TemplateDigits.fixed(magnitude, precision: precision ?? 6)
        case "e": TemplateDigits.scientific(magnitude, precision: precision ?? 6)
        default: precision.map { TemplateDigits.general(magnitude, precision: $0) } ?? NumberText.general(magnitude)
        }
    }

    /// Sign and digits, with zeros between them where the flag asks for it.
    private func signed(_ digits: String, isNegative: Bool, isSpecial: Bool) -> String {
        let sign = isNegative ? "-" : (showsPlus ? "+" : (showsBlank ? " " : ""))
        guard padsZeros, !isLeftAligned, !isSpecial else { return padded(sign + digits) }
        let missing = width - sign.utf8.count - digits.utf8.count
        return sign + String(repeating: "0", count: max(0, missing)) + digits
    }

    private func padded(_ text: String) -> String {
        let padding = String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
        return isLeftAligned ? text + padding : padding + text
    }
}
