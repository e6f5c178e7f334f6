extension RegexParser {
    /// The atom after a backslash.
    mutating func escape() throws(RegularExpressionError) -> RegexNode {
        if let letter = peek(1) {
            if let assertion = Self.assertion(letter) {
                index += 2
                return .assertion(assertion)
            }
            if PerlClass(letter: letter) != nil || letter == "p" || letter == "P" {
                var set = ScalarClass()
                try insertEscapedClass(into: &set)
                set.foldsCase = flags.foldsCase
                return .scalar(set)
            }
        }
        return .scalar(ScalarClass(try escapedScalar(), foldsCase: flags.foldsCase))
    }

    private static func assertion(_ letter: Unicode.Scalar) -> RegexAssertion? {
        switch letter {
        case "A": .textStart
        case "z": .textEnd
        case "b": .wordBoundary
        case "B": .noWordBoundary
        default: nil
        }
    }

    /// A set in brackets.
    mutating func bracketClass() throws(RegularExpressionError) -> ScalarClass {
        index += 1
        var set = ScalarClass()
        set.isNegated = take("^")
        set.foldsCase = flags.foldsCase
        var isFirst = true
        while let scalar = next {
            if scalar == "]", !isFirst {
                index += 1
                return set
            }
            isFirst = false
            if scalar == "[", peek(1) == ":", try insertPosixClass(into: &set) { continue }
            if scalar == "\\", let letter = peek(1),
                PerlClass(letter: letter) != nil || letter == "p" || letter == "P"
            {
                try insertEscapedClass(into: &set)
                continue
            }
            try insertRange(into: &set)
        }
        throw RegularExpressionError("missing closing ]")
    }

    private mutating func insertRange(into set: inout ScalarClass) throws(RegularExpressionError) {
        let low = try classScalar()
        var high = low
        if next == "-", let following = peek(1), following != "]" {
            index += 1
            high = try classScalar()
        }
        guard low.value <= high.value else { throw RegularExpressionError("invalid character class range") }
        set.insert(low.value...high.value)
    }

    private mutating func classScalar() throws(RegularExpressionError) -> Unicode.Scalar {
        guard let scalar = next else { throw RegularExpressionError("missing closing ]") }
        if scalar == "\\" { return try escapedScalar() }
        index += 1
        return scalar
    }

    /// Reads `[:name:]`; false where the bracket is literal.
    private mutating func insertPosixClass(into set: inout ScalarClass) throws(RegularExpressionError) -> Bool {
        var cursor = index + 2
        let isNegated = cursor < scalars.count && scalars[cursor] == "^"
        if isNegated { cursor += 1 }
        var name = ""
        while cursor < scalars.count, ("a"..."z").contains(scalars[cursor]) {
            name.unicodeScalars.append(scalars[cursor])
            cursor += 1
        }
        guard cursor + 1 < scalars.count, scalars[cursor] == ":", scalars[cursor + 1] == "]" else { return false }
        guard let posix = PerlClass(posix: name, isNegated: isNegated) else {
            throw RegularExpressionError("there is no class [:\(name):]")
        }
        set.insert(posix)
        index = cursor + 2
        return true
    }

    /// Reads `\d` and its kin, `\pL`, `\p{Lu}` and their negations.
    private mutating func insertEscapedClass(into set: inout ScalarClass) throws(RegularExpressionError) {
        guard let letter = peek(1) else { throw RegularExpressionError("trailing backslash") }
        index += 2
        if let perl = PerlClass(letter: letter) {
            set.insert(perl)
            return
        }
        var isNegated = letter == "P"
        var name = ""
        if take("{") {
            if take("^") { isNegated.toggle() }
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                index += 1
            }
            guard take("}") else { throw RegularExpressionError("missing closing } of \\p{...}") }
        } else if let scalar = next {
            name = String(scalar)
            index += 1
        }
        guard GeneralCategoryName.all.contains(name) else {
            throw RegularExpressionError(
                "\\p{\(name)} is not supported; general categories such as \\pL and \\p{Lu} are")
        }
        set.insert(category: name, isNegated: isNegated)
    }

    /// The single scalar that an escape stands for.
    private mutating func escapedScalar() throws(RegularExpressionError) -> Unicode.Scalar {
        index += 1
        guard let scalar = next else { throw RegularExpressionError("trailing backslash") }
        index += 1
        switch scalar {
        case "a": return "\u{7}"
        case "f": return "\u{C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{B}"
        case "x": return try hexScalar()
        default:
            guard scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
                throw RegularExpressionError("invalid escape sequence: `\\\(scalar)`")
            }
            return scalar
        }
    }

    /// The scalar of `\x41` or `\x{1F600}`.
    private mutating func hexScalar() throws(RegularExpressionError) -> Unicode.Scalar {
        var digits = ""
        if take("{") {
            while let scalar = next, scalar != "}", digits.utf8.count < 7 {
                digits.unicodeScalars.append(scalar)
                index += 1
            }
            guard take("}") else { throw RegularExpressionError("invalid escape sequence: `\\x{`") }
        } else {
            while digits.utf8.count < 2, let scalar = next {
                digits.unicodeScalars.append(scalar)
                index += 1
            }
            guard digits.unicodeScalars.count == 2 else {
                throw RegularExpressionError("invalid escape sequence: `\\x\(digits)`")
            }
        }
        let isHex = digits.utf8.allSatisfy { "0123456789abcdefABCDEF".utf8.contains($0) }
        guard isHex, let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw RegularExpressionError("invalid escape sequence: `\\x\(digits)`")
        }
        return scalar
    }
}
