import Query

/// Reads Alertmanager's matcher notation: `{a="b", c=~"d"}`, braces and quotes optional.
struct MatcherReader {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// All matchers of the text.
    mutating func list() throws(QueryError) -> [LabelMatcher] {
        skipBlanks()
        let hasBrace = take("{")
        var matchers: [LabelMatcher] = []
        skipBlanks()
        while index < scalars.count, scalars[index] != "}" {
            matchers.append(try matcher())
            skipBlanks()
            guard take(",") else { break }
            skipBlanks()
        }
        if hasBrace, !take("}") { throw mistake("the closing brace is missing") }
        try end()
        return matchers
    }

    /// The next matcher.
    mutating func matcher() throws(QueryError) -> LabelMatcher {
        skipBlanks()
        let start = index
        let name = try name()
        skipBlanks()
        let operation = try operation()
        skipBlanks()
        let value = take("\"") ? try quotedValue() : try bareValue()
        do {
            return try LabelMatcher(name: name, operation: operation, value: value)
        } catch {
            throw mistake("\(value.quoted) is not a regular expression: \(error.message)", at: start)
        }
    }

    /// Throws unless nothing is left.
    mutating func end() throws(QueryError) {
        skipBlanks()
        if index < scalars.count { throw mistake("\(String(scalars[index]).quoted) is not expected here") }
    }

    private mutating func name() throws(QueryError) -> String {
        let start = index
        var name = String.UnicodeScalarView()
        while index < scalars.count, Label.isMetricName("a" + String(scalars[index])) {
            name.append(scalars[index])
            index += 1
        }
        guard Label.isMetricName(String(name)) else {
            throw mistake("a matcher begins with a label name, such as severity=\"page\"", at: start)
        }
        return String(name)
    }

    private mutating func operation() throws(QueryError) -> MatchOperator {
        if take("=") { return take("~") ? .matches : .equal }
        if take("!") {
            if take("=") { return .notEqual }
            if take("~") { return .notMatches }
        }
        throw mistake("after the label name comes =, !=, =~ or !~")
    }

    /// The rest of a value after its opening quote, with `\"`, `\\` and `\n`.
    private mutating func quotedValue() throws(QueryError) -> String {
        var value = String.UnicodeScalarView()
        while index < scalars.count {
            let scalar = scalars[index]
            index += 1
            if scalar == "\"" { return String(value) }
            value.append(scalar == "\\" ? escape() : scalar)
        }
        throw mistake("the closing quote is missing")
    }

    /// A value without quotes: up to a comma or the closing brace.
    private mutating func bareValue() throws(QueryError) -> String {
        var value = String.UnicodeScalarView()
        while index < scalars.count, ![",", "}"].contains(scalars[index]) {
            let scalar = scalars[index]
            if scalar == "\"" { throw mistake("a quote inside a value must be written \\\"") }
            index += 1
            value.append(scalar == "\\" ? escape() : scalar)
        }
        while let last = value.last, last.properties.isWhitespace { value.removeLast() }
        return String(value)
    }

    /// What follows a backslash; unknown escapes keep it, as in Alertmanager.
    private mutating func escape() -> Unicode.Scalar {
        guard index < scalars.count else { return "\\" }
        switch scalars[index] {
        case "n":
            index += 1
            return "\n"
        case "\"", "\\":
            index += 1
            return scalars[index - 1]
        default: return "\\"
        }
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard index < scalars.count, scalars[index] == scalar else { return false }
        index += 1
        return true
    }

    private mutating func skipBlanks() {
        while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
    }

    private func mistake(_ message: String, at place: Int? = nil) -> QueryError {
        QueryError(message, at: SourcePosition(line: 1, column: (place ?? index) + 1))
    }
}
