/// Comparisons of template values of one kind, as Go makes them.
///
/// `gt` is not less and not equal, so it holds where one side is NaN; so does `ge`.
enum TemplateOrder {
    /// Whether both are the same; NaN is not even itself.
    static func areEqual(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        switch (left, right) {
        case (.text(let first), .text(let second)): first.utf8.elementsEqual(second.utf8)
        case (.integer(let first), .integer(let second)): first == second
        case (.number(let first), .number(let second)): first == second
        case (.boolean(let first), .boolean(let second)): first == second
        default: false
        }
    }

    /// Whether the left is less; texts by their bytes.
    static func isLess(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        switch (left, right) {
        case (.text(let first), .text(let second)): first.utf8.lexicographicallyPrecedes(second.utf8)
        case (.integer(let first), .integer(let second)): first < second
        case (.number(let first), .number(let second)): first < second
        default: false
        }
    }
}
