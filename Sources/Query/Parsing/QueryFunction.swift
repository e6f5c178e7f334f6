/// A function of the rule language.
package enum QueryFunction: String, Hashable, Sendable, CaseIterable {
    case abs
    case absent
    case ceil
    case clamp
    case clampMax = "clamp_max"
    case clampMin = "clamp_min"
    case exp
    case floor
    case labelReplace = "label_replace"
    case ln
    case log10
    case log2
    case round
    case scalar
    case sgn
    case sqrt
    case time
    case vector

    /// The types of the arguments.
    var parameters: [ValueType] {
        switch self {
        case .time: []
        case .vector: [.scalar]
        case .abs, .absent, .ceil, .exp, .floor, .ln, .log10, .log2, .scalar, .sgn, .sqrt: [.vector]
        case .clampMax, .clampMin, .round: [.vector, .scalar]
        case .clamp: [.vector, .scalar, .scalar]
        case .labelReplace: [.vector, .string, .string, .string, .string]
        }
    }

    /// How many arguments at the end may be left out.
    var optionalCount: Int { self == .round ? 1 : 0 }

    /// The type of the result.
    var result: ValueType { self == .time || self == .scalar ? .scalar : .vector }
}
