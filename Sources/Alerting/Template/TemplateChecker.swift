import Query

/// Checks calls in templates before any value is known, and prepares what they need.
enum TemplateChecker {
    /// The call, unless its arguments can never work.
    static func call(
        _ function: TemplateFunction, _ arguments: [TemplateExpression], at position: SourcePosition
    ) throws(QueryError) -> TemplateCall {
        let name = function.rawValue
        let allowed = function.argumentCount
        guard allowed.contains(arguments.count) else {
            let wanted = allowed.count == 1 ? "\(allowed.lowerBound)" : "at least \(allowed.lowerBound)"
            throw QueryError("\(name) takes \(wanted) arguments, not \(arguments.count)", at: position)
        }
        var format: TemplateFormat?
        var pattern: RegularExpression?
        switch function {
        case .and, .or, .not: break
        case .eq, .ne, .lt, .le, .gt, .ge: try compare(function, arguments, at: position)
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp:
            try expect([.text, .integer, .number], arguments, name, at: position)
        case .title, .toUpper, .toLower: try expect([.text], arguments, name, at: position)
        case .match, .reReplaceAll:
            try expect([.text], arguments, name, at: position)
            pattern = try regularExpression(arguments[0], name, at: position)
        case .printf:
            format = try TemplateFormat(try constant(arguments[0], "the format of printf", at: position), at: position)
            try format?.check(arguments.dropFirst().map(\.type), at: position)
        }
        return TemplateCall(function: function, arguments: arguments, format: format, pattern: pattern)
    }

    private static func expect(
        _ types: [TemplateType], _ arguments: [TemplateExpression], _ name: String, at position: SourcePosition
    ) throws(QueryError) {
        for argument in arguments where !types.contains(argument.type) {
            throw QueryError("\(name) takes a \(types[0].rawValue), not a \(argument.type.rawValue)", at: position)
        }
    }

    /// Go compares only values of one kind, and only numbers and texts by order.
    private static func compare(
        _ function: TemplateFunction, _ arguments: [TemplateExpression], at position: SourcePosition
    ) throws(QueryError) {
        let name = function.rawValue
        let first = arguments[0].type
        for argument in arguments.dropFirst() where argument.type != first {
            let hint =
                Set([first, argument.type]) == [.integer, .number] ? "; write the number with a point, as in 5.0" : ""
            throw QueryError(
                "\(name) cannot compare a \(first.rawValue) with a \(argument.type.rawValue)\(hint)", at: position)
        }
        let isOrder = function != .eq && function != .ne
        guard first != .mixed, !isOrder || first != .boolean else {
            throw QueryError("\(name) cannot compare a \(first.rawValue)", at: position)
        }
    }

    private static func constant(
        _ argument: TemplateExpression, _ what: String, at position: SourcePosition
    ) throws(QueryError) -> String {
        guard case .constant(.text(let text)) = argument else {
            throw QueryError("\(what) must be a text in quotes", at: position)
        }
        return text
    }

    private static func regularExpression(
        _ argument: TemplateExpression, _ name: String, at position: SourcePosition
    ) throws(QueryError) -> RegularExpression {
        let text = try constant(argument, "the pattern of \(name)", at: position)
        do {
            return try RegularExpression(text)
        } catch {
            throw QueryError("\(text.quoted) is not a regular expression: \(error.message)", at: position)
        }
    }
}
