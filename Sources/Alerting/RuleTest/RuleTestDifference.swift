/// The difference of two lists of lines, for people to read.
enum RuleTestDifference {
    /// Every line with a mark: `-` expected and not found, `+` found and not expected, a blank for both.
    static func text(expected: [String], found: [String]) -> String {
        var rest = found
        var lines: [String] = []
        for line in expected {
            if let index = rest.firstIndex(where: { $0.utf8.elementsEqual(line.utf8) }) {
                rest.remove(at: index)
                lines.append("    \(line)")
            } else {
                lines.append("  - \(line)")
            }
        }
        lines += rest.map { "  + \($0)" }
        return lines.isEmpty ? "    (nothing)" : lines.joined(separator: "\n")
    }
}
