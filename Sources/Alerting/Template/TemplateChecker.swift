import Query

/// Checks calls in templates before any value is known, and prepares what they need.
enum TemplateChecker {
    /// The call, unless its arguments can never work.
    static func call(
        _ function: TemplateFunction, _ arguments: [TypedExpression], at position: SourcePosition
    ) throws(QueryError) -> TypedExpression {
        let name = function.rawValue
        let allowed = function.argumentCount
        guard allowed.contains(arguments.count) else {
            let wanted = "\(allowed.count == 1 ? "" : "at least ")\(allowed.lowerBound)"
            throw QueryError(
                "\(name) takes \(wanted) argument\(allowed.lowerBound == 1 ? "" : "s"), not \(arguments.count)",
                at: position)
        }
        let types = arguments.map(\.type)
        var type = TemplateType.text
        var format: TemplateFormat?
        var pattern: RegularExpression?
        switch function {
        case .and, .or: type = Set(types).count == 1 ? types[0] : .mixed
        case .not: type = .boolean
        case .json: break
        case .eq, .ne, .lt, .le, .gt, .ge:
            try compare(function, types, at: position)
            type = .boolean
        case .len:
            guard types[0] == .text || types[0] == .labels || types[0].element != nil else {
                throw QueryError("len takes a text or a list, not \(types[0].described)", at: position)
            }
            type = .integer
        case .join:
            guard types == [.text, .list(.text)] else {
                throw QueryError("join takes a text and a list of texts", at: position)
            }
        case .humanize, .humanize1024, .humanizeDuration, .humanizePercentage, .humanizeTimestamp:
            try expect([.text, .integer, .number], types, name, at: position)
        case .html, .urlquery, .title, .toUpper, .toLower: try expect([.text], types, name, at: position)
        case .match, .reReplaceAll:
            try expect([.text], types, name, at: position)
            pattern = try regularExpression(arguments[0], name, at: position)
            type = function == .match ? .boolean : .text
        case .printf:
            format = try TemplateFormat(try constant(arguments[0], "the format of printf", at: position), at: position)
            try format?.check(Array(types.dropFirst()), at: position)
        }
        let call = TemplateCall(
            function: function, arguments: arguments.map(\.expression), format: format, pattern: pattern)
        return TypedExpression(expression: .call(call), type: type)
    }

    private static func expect(
        _ allowed: [TemplateType], _ types: [TemplateType], _ name: String, at position: SourcePosition
    ) throws(QueryError) {
        for type in types where !allowed.contains(type) {
            throw QueryError("\(name) takes \(allowed[0].described), not \(type.described)", at: position)
        }
    }

    /// Go compares only values of one kind, and only numbers and texts by order.
    private static func compare(
        _ function: TemplateFunction, _ types: [TemplateType], at position: SourcePosition
    ) throws(QueryError) {
        let name = function.rawValue
        for type in types.dropFirst() where type != types[0] {
            let hint =
                Set([types[0], type]) == [.integer, .number] ? "; write the number with a point, as in 5.0" : ""
            throw QueryError("\(name) cannot compare \(types[0].described) with \(type.described)\(hint)", at: position)
        }
        let comparable: [TemplateType] = [.text, .integer, .number]
        let isEquality = function == .eq || function == .ne
        guard comparable.contains(types[0]) || (isEquality && types[0] == .boolean) else {
            throw QueryError("\(name) cannot compare \(types[0].described)", at: position)
        }
    }

    private static func constant(
        _ argument: TypedExpression, _ what: String, at position: SourcePosition
    ) throws(QueryError) -> String {
        guard case .constant(.text(let text)) = argument.expression else {
            throw QueryError("\(what) must be a text in quotes", at: position)
        }
        return text
    }

    private static func regularExpression(
        _ argument: TypedExpression, _ name: String, at position: SourcePosition
    ) throws(QueryError) -> RegularExpression {
        let text = try constant(argument, "the pattern of \(name)", at: position)
        do {
            return try RegularExpression(text)
        } catch {
            throw QueryError("\(text.quoted) is not a regular expression: \(error.message)", at: position)
        }
    }
}
