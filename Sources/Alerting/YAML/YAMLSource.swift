import Query

/// The text of a YAML file, for finding a place inside a scalar again.
struct YAMLSource: Sendable {
    let text: String
    private lazy var lines: [[Unicode.Scalar]] = text.unicodeScalars
        .split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)

    init(_ text: String) {
        self.text = text
    }

    /// The place in the file of a place in a scalar's value.
    ///
    /// Folding and indentation change white space only, so the n-th other character of the value is the n-th one of
    /// the source. Where quoting hides that (escapes other than of quotes and backslashes), the scalar's own place is
    /// the answer.
    mutating func position(of place: SourcePosition, in node: YAMLNode) -> SourcePosition {
        guard case .scalar(let value, let style) = node.content else { return node.position }
        let (count, isBlank) = Self.charactersBefore(place, in: value)
        var line = node.position.line - 1
        var column = node.position.column - 1
        switch style {
        case .literal, .folded:
            line += 1
            column = 0
        case .singleQuoted, .doubleQuoted: column += 1
        case .plain: break
        }
        var seen = 0
        var last: SourcePosition?
        while line < lines.count {
            while column < lines[line].count {
                let scalar = lines[line][column]
                let here = SourcePosition(line: line + 1, column: column + 1)
                if !scalar.properties.isWhitespace {
                    if seen == count { return isBlank ? last ?? here : here }
                    seen += 1
                    last = SourcePosition(line: line + 1, column: column + 2)
                    guard let width = Self.width(of: scalar, at: column, in: lines[line], style) else {
                        return node.position
                    }
                    column += width
                } else {
                    column += 1
                }
            }
            line += 1
            column = 0
        }
        return last ?? node.position
    }

    /// How many source characters stand for one of the value; nil where an escape cannot be followed.
    private static func width(
        of scalar: Unicode.Scalar, at column: Int, in line: [Unicode.Scalar], _ style: YAMLScalarStyle
    ) -> Int? {
        let next = column + 1 < line.count ? line[column + 1] : nil
        if style == .singleQuoted, scalar == "'" { return next == "'" ? 2 : nil }
        if style == .doubleQuoted, scalar == "\"" { return nil }
        if style == .doubleQuoted, scalar == "\\" { return next == "\"" || next == "\\" ? 2 : nil }
        return 1
    }

    /// How many characters other than white space come before a place, and whether white space or nothing stands there.
    private static func charactersBefore(_ place: SourcePosition, in value: String) -> (count: Int, isBlank: Bool) {
        var count = 0
        var line = 1
        var column = 1
        for scalar in value.unicodeScalars {
            if line == place.line, column == place.column { return (count, scalar.properties.isWhitespace) }
            if line > place.line { break }
            if !scalar.properties.isWhitespace { count += 1 }
            if scalar == "\n" {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
        return (count, true)
    }
}
