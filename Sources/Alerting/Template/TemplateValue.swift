import Query

/// A value while a template is filled in.
enum TemplateValue: Sendable {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)

    /// How the value is printed by itself, as Go prints it.
    var printed: String {
        switch self {
        case .text(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): NumberText.general(number)
        case .boolean(let value): value ? "true" : "false"
        }
    }

    /// Whether a condition takes the value for true: not zero, not empty, not false.
    var isTrue: Bool {
        switch self {
        case .text(let text): !text.isEmpty
        case .integer(let number): number != 0
        case .number(let number): number != 0
        case .boolean(let value): value
        }
    }
}
