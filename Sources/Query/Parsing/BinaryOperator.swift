/// An operator between two expressions.
package enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
    case or
    case and
    case unless
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case power = "^"

    /// How tightly it binds; Prometheus's order.
    var precedence: Int {
        switch self {
        case .or: 1
        case .and, .unless: 2
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: 3
        case .add, .subtract: 4
        case .multiply, .divide, .remainder: 5
        case .power: 6
        }
    }

    /// Whether of two equal operators the right one is applied first.
    var isRightAssociative: Bool { self == .power }

    /// Whether it is `and`, `or` or `unless`.
    package var isSet: Bool { self == .or || self == .and || self == .unless }

    /// Whether it compares; such an operator filters unless `bool` follows it.
    package var isComparison: Bool { precedence == 3 }

    /// Whether its result is a new quantity, which has no metric name.
    var dropsName: Bool { precedence > 3 }
}
