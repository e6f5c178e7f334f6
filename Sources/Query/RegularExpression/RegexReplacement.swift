/// A replacement text with `$1`, `${1}`, `$name`, `${name}` and `$$`, as Go's `Expand` reads it.
struct RegexReplacement {
    private enum Part {
        case text([Unicode.Scalar])
        /// A group's number; nil where there is no such group, which stands for nothing.
        case group(Int?)
    }

    private var parts: [Part] = []

    init(_ template: String, groupNames: [String?]) {
        let scalars = Array(template.unicodeScalars)
        var literal: [Unicode.Scalar] = []
        var index = 0
        while index < scalars.count {
            guard scalars[index] == "$" else {
                literal.append(scalars[index])
                index += 1
                continue
            }
            if index + 1 < scalars.count, scalars[index + 1] == "$" {
                literal.append("$")
                index += 2
            } else if let reference = Self.reference(in: scalars, after: index) {
                parts.append(.text(literal))
                literal = []
                parts.append(.group(Self.number(of: reference.name, groupNames)))
                index = reference.end
            } else {
                literal.append("$")
                index += 1
            }
        }
        parts.append(.text(literal))
    }

    /// Appends the replacement for a match; answers how many scalars that were.
    @discardableResult
    func append(to result: inout String.UnicodeScalarView, text: [Unicode.Scalar], places: [Int]) -> Int {
        var length = 0
        for part in parts {
            switch part {
            case .text(let literal):
                result.append(contentsOf: literal)
                length += literal.count
            case .group(let number):
                guard let number, 2 * number + 1 < places.count else { continue }
                let (start, end) = (places[2 * number], places[2 * number + 1])
                guard start >= 0, end >= start else { continue }
                result.append(contentsOf: text[start..<end])
                length += end - start
            }
        }
        return length
    }

    /// The name after a dollar sign and the index behind it.
    private static func reference(in scalars: [Unicode.Scalar], after dollar: Int) -> (name: String, end: Int)? {
        var index = dollar + 1
        let hasBrace = index < scalars.count && scalars[index] == "{"
        if hasBrace { index += 1 }
        var name = ""
        while index < scalars.count {
            let scalar = scalars[index]
            let isNumber = scalar.properties.numericType == .decimal
            guard scalar == "_" || scalar.properties.isAlphabetic || isNumber else { break }
            name.unicodeScalars.append(scalar)
            index += 1
        }
        guard !name.isEmpty else { return nil }
        guard hasBrace else { return (name, index) }
        guard index < scalars.count, scalars[index] == "}" else { return nil }
        return (name, index + 1)
    }

    private static func number(of name: String, _ groupNames: [String?]) -> Int? {
        let isNumber = name.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        // A leading zero makes it a name, as in Go.
        if isNumber, name == "0" || name.utf8.first != UInt8(ascii: "0") {
            guard let number = Int(name), number < groupNames.count else { return nil }
            return number
        }
        return groupNames.firstIndex { $0?.hasSameBytes(as: name) == true }
    }
}
