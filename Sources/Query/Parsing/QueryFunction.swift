/// A function of the rule language.
package enum QueryFunction: String, Hashable, Sendable, CaseIterable {
    case abs
    case absent
    case absentOverTime = "absent_over_time"
    case avgOverTime = "avg_over_time"
    case ceil
    case changes
    case clamp
    case clampMax = "clamp_max"
    case clampMin = "clamp_min"
    case countOverTime = "count_over_time"
    case dayOfMonth = "day_of_month"
    case dayOfWeek = "day_of_week"
    case daysInMonth = "days_in_month"
    case delta
    case deriv
    case exp
    case floor
    case hour
    case idelta
    case increase
    case labelJoin = "label_join"
    case labelReplace = "label_replace"
    case lastOverTime = "last_over_time"
    case ln
    case log10
    case log2
    case maxOverTime = "max_over_time"
    case minOverTime = "min_over_time"
    case minute
    case month
    case predictLinear = "predict_linear"
    case presentOverTime = "present_over_time"
    case quantileOverTime = "quantile_over_time"
    case rate
    case resets
    case round
    case scalar
    case sgn
    case sqrt
    case stddevOverTime = "stddev_over_time"
    case stdvarOverTime = "stdvar_over_time"
    case sumOverTime = "sum_over_time"
    case time
    case timestamp
    case vector
    case year

    /// The types of the arguments; the last repeats where ``isVariadic``.
    var parameters: [ValueType] {
        switch self {
        case .time: []
        case .vector: [.scalar]
        case .abs, .absent, .ceil, .exp, .floor, .ln, .log10, .log2, .scalar, .sgn, .sqrt, .timestamp, .dayOfMonth,
            .dayOfWeek, .daysInMonth, .hour, .minute, .month, .year:
            [.vector]
        case .clampMax, .clampMin, .round: [.vector, .scalar]
        case .clamp: [.vector, .scalar, .scalar]
        case .labelReplace: [.vector, .string, .string, .string, .string]
        case .labelJoin: [.vector, .string, .string, .string]
        case .quantileOverTime: [.scalar, .matrix]
        case .predictLinear: [.matrix, .scalar]
        case .absentOverTime, .avgOverTime, .changes, .countOverTime, .delta, .deriv, .idelta, .increase,
            .lastOverTime, .maxOverTime, .minOverTime, .presentOverTime, .rate, .resets, .stddevOverTime,
            .stdvarOverTime, .sumOverTime:
            [.matrix]
        }
    }

    /// How many arguments at the end may be left out.
    var optionalCount: Int {
        switch self {
        case .round, .labelJoin, .dayOfMonth, .dayOfWeek, .daysInMonth, .hour, .minute, .month, .year: 1
        default: 0
        }
    }

    /// Whether more arguments of the last type may follow.
    var isVariadic: Bool { self == .labelJoin }

    /// Whether it takes a stretch of samples.
    var takesRange: Bool { parameters.contains(.matrix) }

    /// Whether its value changes with time alone, its argument staying the same.
    var asksForTime: Bool {
        switch self {
        case .time, .predictLinear, .dayOfMonth, .dayOfWeek, .daysInMonth, .hour, .minute, .month, .year: true
        default: false
        }
    }

    /// The type of the result.
    var result: ValueType { self == .time || self == .scalar ? .scalar : .vector }
}
