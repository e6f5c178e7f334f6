/// A regular expression of RE2's syntax, matched in time linear in the text, never by backtracking.
///
/// Semantics are Go's: leftmost match, earlier alternatives preferred, `.` without the end of a line. Not supported
/// and refused: look-around and back-references (as in RE2), scripts such as `\p{Greek}`, octal escapes, `\C`.
package struct RegularExpression: Sendable {
    /// The pattern as it was written.
    package let pattern: String
    /// The names of its groups; the first is the whole match, nil is a group without a name.
    let groupNames: [String?]
    private let program: [RegexInstruction]
    /// The texts that match, where the pattern is just one or more of them.
    private let literals: Set<[Unicode.Scalar]>?

    /// Compiles a pattern of at most 4 KiB.
    package init(_ pattern: String) throws(RegularExpressionError) {
        self.pattern = pattern
        var parser = try RegexParser(pattern)
        let node = try parser.parse()
        groupNames = parser.groupNames
        program = try RegexCompiler.program(for: node)
        literals = Self.literals(of: node)
    }

    /// Whether the whole text matches.
    package func matchesWhole(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        if let literals { return literals.contains(scalars) }
        var steps = Int.max
        return machine(scalars, slots: 0).match(from: 0, isAnchored: true, isWhole: true, within: &steps) != nil
    }

    /// Whether some part of the text matches.
    package func matchesPart(of text: String) -> Bool {
        let machine = machine(Array(text.unicodeScalars), slots: 0)
        var steps = Int.max
        return machine.match(from: 0, isAnchored: false, isWhole: false, within: &steps) != nil
    }

    /// The replacement with `$1`, `${1}`, `${name}` and `$$` filled in, where the whole text matches; else nil.
    package func expansion(of replacement: String, matchingWhole text: String) -> String? {
        let scalars = Array(text.unicodeScalars)
        let machine = machine(scalars, slots: groupNames.count * 2)
        var steps = Int.max
        guard let found = machine.match(from: 0, isAnchored: true, isWhole: true, within: &steps) else { return nil }
        var result = String.UnicodeScalarView()
        RegexReplacement(replacement, groupNames: groupNames).append(to: &result, text: scalars, places: found)
        return String(result)
    }

    /// The greatest text, in scalars, in which matches are replaced.
    package static let replacementLimit = 4096
    /// How many steps may be taken to find all matches: each may read the whole rest of the text, which makes their time
    /// quadratic. Some tenths of a second.
    private static let replacementSteps = 4_000_000

    /// The text with every match replaced, as Go's `ReplaceAllString` does.
    ///
    /// Nil where the text is longer than ``replacementLimit``, the result longer than `limit` scalars, or the matches take too long
    /// to find.
    package func replacingMatches(in text: String, with replacement: String, limit: Int) -> String? {
        let scalars = Array(text.unicodeScalars)
        guard scalars.count <= Self.replacementLimit else { return nil }
        let template = RegexReplacement(replacement, groupNames: groupNames)
        let machine = machine(scalars, slots: groupNames.count * 2)
        var result = String.UnicodeScalarView()
        var length = 0
        var lastEnd = 0
        var search = 0
        var steps = Self.replacementSteps
        while search <= scalars.count,
            let found = machine.match(from: search, isAnchored: false, isWhole: false, within: &steps)
        {
            let (start, end) = (found[0], found[1])
            result.append(contentsOf: scalars[lastEnd..<start])
            length += start - lastEnd
            // An empty match right after another match is not replaced.
            if end > lastEnd || start == 0 {
                length += template.append(to: &result, text: scalars, places: found)
            }
            guard length <= limit else { return nil }
            lastEnd = end
            search = max(search + 1, end)
        }
        guard steps > 0 else { return nil }
        result.append(contentsOf: scalars[lastEnd...])
        return length + scalars.count - lastEnd <= limit ? String(result) : nil
    }

    private func machine(_ text: [Unicode.Scalar], slots: Int) -> RegexMachine {
        RegexMachine(program: program, text: text, slots: slots)
    }

    private static func literals(of node: RegexNode) -> Set<[Unicode.Scalar]>? {
        guard case .alternatives(let branches) = node else { return literal(node).map { [$0] } }
        var texts: Set<[Unicode.Scalar]> = []
        for branch in branches {
            guard let text = literal(branch) else { return nil }
            texts.insert(text)
        }
        return texts
    }

    private static func literal(_ node: RegexNode) -> [Unicode.Scalar]? {
        switch node {
        case .empty: return []
        case .scalar(let set): return set.single.map { [$0] }
        case .sequence(let parts):
            var text: [Unicode.Scalar] = []
            for part in parts {
                guard case .scalar(let set) = part, let scalar = set.single else { return nil }
                text.append(scalar)
            }
            return text
        default: return nil
        }
    }
}
