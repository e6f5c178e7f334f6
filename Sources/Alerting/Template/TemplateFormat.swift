import Query

/// A parsed `printf` format.
struct TemplateFormat: Sendable {
    /// The greatest width and precision.
    static let widthLimit = 100

    private enum Part: Sendable {
        case text(String)
        case verb(TemplateVerb)
    }

    private var parts: [Part] = []

    /// Reads a format with the verbs s, d, f, g, e, v, q and %%.
    init(_ text: String, at position: SourcePosition) throws(QueryError) {
        var rest = Array(text.unicodeScalars)[...]
        var literal = ""
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                literal.unicodeScalars.append(scalar)
                continue
            }
            if rest.first == "%" {
                rest.removeFirst()
                literal += "%"
                continue
            }
            parts.append(.text(literal))
            literal = ""
            parts.append(.verb(try Self.verb(&rest, at: position)))
        }
        parts.append(.text(literal))
    }

    private static func verb(
        _ rest: inout ArraySlice<Unicode.Scalar>, at position: SourcePosition
    ) throws(QueryError) -> TemplateVerb {
        let flags = rest.prefix { ["-", "+", " ", "0"].contains($0) }
        rest = rest.dropFirst(flags.count)
        let width = number(&rest) ?? 0
        var precision: Int?
        if rest.first == "." {
            rest.removeFirst()
            precision = number(&rest) ?? 0
        }
        guard let letter = rest.popFirst(), ["s", "d", "f", "g", "e", "v", "q"].contains(letter) else {
            throw QueryError(
                "printf knows the verbs %s %d %f %g %e %v %q and %%, with width and precision", at: position)
        }
        guard width <= widthLimit, (precision ?? 0) <= widthLimit else {
            throw QueryError("width and precision of printf may be at most \(widthLimit)", at: position)
        }
        let isNumeric = ["d", "f", "g", "e"].contains(letter)
        let isPlain = flags.allSatisfy { $0 == "-" }
        guard isNumeric || isPlain, precision == nil || ["s", "f", "g", "e"].contains(letter) else {
            throw QueryError("%\(letter) takes only a width and the flag -, %s also a precision", at: position)
        }
        return TemplateVerb(
            letter: letter, isLeftAligned: flags.contains("-"), showsPlus: flags.contains("+"),
            showsBlank: flags.contains(" "), padsZeros: flags.contains("0"), width: width, precision: precision)
    }

    private static func number(_ rest: inout ArraySlice<Unicode.Scalar>) -> Int? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.reduce(0) { min($0 * 10 + Int($1.value) - 48, widthLimit + 1) }
    }

    /// Throws unless there is one value of a fitting kind for every verb.
    func check(_ types: [TemplateType], at position: SourcePosition) throws(QueryError) {
        let verbs = parts.compactMap { if case .verb(let verb) = $0 { verb } else { nil } }
        guard verbs.count == types.count else {
            throw QueryError("printf has \(verbs.count) verbs for \(types.count) values", at: position)
        }
        for (verb, type) in zip(verbs, types) where !verb.types.contains(type) {
            let hint = verb.letter == "d" && type == .number ? "; write %.0f" : (type == .number ? "; write %v" : "")
            throw QueryError("%\(verb.letter) does not print \(type.described)\(hint)", at: position)
        }
    }

    /// The text with the values filled in.
    func text(_ values: [TemplateValue]) -> String {
        var rest = values[...]
        var result = ""
        for part in parts {
            switch part {
            case .text(let text): result += text
            case .verb(let verb): if let value = rest.popFirst() { result += verb.text(value) }
            }
        }
        return result
    }
}
