/// Reads the syntax of RE2 into a tree.
struct RegexParser {
    /// The greatest accepted size of a pattern in bytes.
    static let sizeLimit = 4096
    /// How deep groups may nest.
    static let depthLimit = 100
    /// The greatest count in `{n,m}`, as in RE2.
    static let repetitionLimit = 1000

    let scalars: [Unicode.Scalar]
    var index = 0
    var flags = RegexFlags()
    private(set) var groupNames: [String?] = [nil]
    private var depth = 0

    init(_ pattern: String) throws(RegularExpressionError) {
        guard pattern.utf8.count <= Self.sizeLimit else {
            throw RegularExpressionError("a regular expression may have at most \(Self.sizeLimit) bytes")
        }
        scalars = Array(pattern.unicodeScalars)
    }

    /// The tree of the whole pattern.
    mutating func parse() throws(RegularExpressionError) -> RegexNode {
        let node = try alternatives()
        guard index == scalars.count else { throw RegularExpressionError("unexpected ) in the regular expression") }
        return node
    }

    var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        index + distance < scalars.count ? scalars[index + distance] : nil
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func alternatives() throws(RegularExpressionError) -> RegexNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .alternatives(branches)
    }

    private mutating func sequence() throws(RegularExpressionError) -> RegexNode {
        var parts: [RegexNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if scalar == "\\", peek(1) == "Q" {
                parts.append(contentsOf: literalRun())
                continue
            }
            guard let atom = try atom() else { continue }
            parts.append(try repetition(of: atom))
        }
        return parts.count == 1 ? parts[0] : (parts.isEmpty ? .empty : .sequence(parts))
    }

    /// One atom; nil for a flag group such as `(?i)`, which matches nothing itself.
    private mutating func atom() throws(RegularExpressionError) -> RegexNode? {
        guard let scalar = next else { return .empty }
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try bracketClass())
        case "*", "+", "?": throw Self.missingArgument(scalar)
        case "{" where isCounted():
            throw Self.missingArgument(scalar)
        case "\\": return try escape()
        default: break
        }
        index += 1
        switch scalar {
        case ".": return .scalar(ScalarClass(anyWithNewline: flags.dotMatchesNewline))
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        default: return .scalar(ScalarClass(scalar, foldsCase: flags.foldsCase))
        }
    }

    private static func missingArgument(_ operation: Unicode.Scalar) -> RegularExpressionError {
        RegularExpressionError("missing argument to repetition operator: `\(operation)`")
    }

    private mutating func group() throws(RegularExpressionError) -> RegexNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else {
            throw RegularExpressionError("groups nest deeper than \(Self.depthLimit)")
        }
        index += 1
        let outerFlags = flags
        var number: Int?
        if take("?") {
            if next == "P" {
                number = try namedGroup()
            } else if try !flagGroup() {
                return nil
            }
        } else {
            number = groupNames.count
            groupNames.append(nil)
        }
        let node = try alternatives()
        guard take(")") else { throw RegularExpressionError("missing closing )") }
        flags = outerFlags
        return number.map { .group($0, node) } ?? node
    }

    private mutating func namedGroup() throws(RegularExpressionError) -> Int {
        index += 1
        var name = ""
        if take("<") {
            while let scalar = next, Label.isName("a" + String(scalar)) {
                name.unicodeScalars.append(scalar)
                index += 1
            }
        }
        guard !name.isEmpty, take(">") else {
            throw RegularExpressionError("invalid named group; write (?P<name>...)")
        }
        guard !groupNames.contains(name) else { throw RegularExpressionError("duplicate group name \(name.quoted)") }
        groupNames.append(name)
        return groupNames.count - 1
    }

    /// The flags after `(?`; true where a group `(?i:...)` follows, false where they change the rest of the enclosing
    /// group.
    private mutating func flagGroup() throws(RegularExpressionError) -> Bool {
        var value = true
        var changed = flags
        while let scalar = next {
            index += 1
            switch scalar {
            case ":":
                flags = changed
                return true
            case ")":
                flags = changed
                return false
            case "-" where value: value = false
            default:
                guard changed.set(scalar, to: value) else {
                    throw RegularExpressionError("`(?\(scalar)` is not supported; no look-around, no back-references")
                }
            }
        }
        throw RegularExpressionError("missing closing )")
    }

    private mutating func repetition(of atom: RegexNode) throws(RegularExpressionError) -> RegexNode {
        guard let bounds = try repetitionBounds() else { return atom }
        let isLazy = take("?") != flags.isUngreedy
        if ["*", "+", "?"].contains(next) || (next == "{" && isCounted()) {
            throw RegularExpressionError("invalid nested repetition operator; write (...) around the inner one")
        }
        return .repetition(atom, least: bounds.least, most: bounds.most, isLazy: isLazy)
    }

    private mutating func repetitionBounds() throws(RegularExpressionError) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard next == "{", let counts = counts() else { return nil }
        index = counts.end
        let greatest = max(counts.least, counts.most ?? 0)
        guard greatest <= Self.repetitionLimit, counts.most.map({ $0 >= counts.least }) ?? true else {
            throw RegularExpressionError("invalid repeat count")
        }
        return (counts.least, counts.most)
    }

    private func isCounted() -> Bool { counts() != nil }

    /// The counts of `{n}`, `{n,}` or `{n,m}` at the cursor; anything else is literal text, as in RE2.
    private func counts() -> (least: Int, most: Int?, end: Int)? {
        var cursor = index + 1
        func number() -> (value: Int, end: Int)? {
            var end = cursor
            var value = 0
            while end < scalars.count, ("0"..."9").contains(scalars[end]) {
                value = min(value * 10 + Int(scalars[end].value - 48), Self.repetitionLimit + 1)
                end += 1
            }
            return end == cursor ? nil : (value, end)
        }
        guard let least = number() else { return nil }
        cursor = least.end
        guard cursor < scalars.count else { return nil }
        if scalars[cursor] == "}" { return (least.value, least.value, cursor + 1) }
        guard scalars[cursor] == "," else { return nil }
        cursor += 1
        let most = number()
        cursor = most?.end ?? cursor
        guard cursor < scalars.count, scalars[cursor] == "}" else { return nil }
        return (least.value, most?.value, cursor + 1)
    }

    /// The text between `\Q` and `\E`.
    private mutating func literalRun() -> [RegexNode] {
        index += 2
        var parts: [RegexNode] = []
        while let scalar = next {
            if scalar == "\\", peek(1) == "E" {
                index += 2
                break
            }
            index += 1
            parts.append(.scalar(ScalarClass(scalar, foldsCase: flags.foldsCase)))
        }
        return parts
    }
}
