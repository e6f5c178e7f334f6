#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The operators and functions of numbers, with Prometheus's (Go's) treatment of NaN and infinities.
enum Arithmetic {
    /// The result of an operator; for a comparison the left side, and whether the comparison holds.
    static func apply(_ operation: BinaryOperator, _ left: Double, _ right: Double) -> (value: Double, isKept: Bool) {
        switch operation {
        case .add: (left + right, true)
        case .subtract: (left - right, true)
        case .multiply: (left * right, true)
        case .divide: (left / right, true)
        case .remainder: (fmod(left, right), true)
        case .power: (pow(left, right), true)
        case .equal: (left, left == right)
        case .notEqual: (left, left != right)
        case .less: (left, left < right)
        case .lessOrEqual: (left, left <= right)
        case .greater: (left, left > right)
        case .greaterOrEqual: (left, left >= right)
        case .and, .or, .unless: (left, true)
        }
    }

    /// The greater of two; an infinity above all counts more than NaN, and NaN more than a number.
    static func maximum(_ first: Double, _ second: Double) -> Double {
        if first == .infinity || second == .infinity { return .infinity }
        if first.isNaN || second.isNaN { return .nan }
        if first == 0, second == 0 { return first.sign == .minus ? second : first }
        return first > second ? first : second
    }

    /// The smaller of two; an infinity below all counts more than NaN, and NaN more than a number.
    static func minimum(_ first: Double, _ second: Double) -> Double {
        if first == -.infinity || second == -.infinity { return -.infinity }
        if first.isNaN || second.isNaN { return .nan }
        if first == 0, second == 0 { return first.sign == .minus ? first : second }
        return first < second ? first : second
    }

    /// The nearest multiple of a step, halves upwards.
    static func round(_ value: Double, to step: Double) -> Double {
        let inverse = 1 / step
        return (value * inverse + 0.5).rounded(.down) / inverse
    }

    /// The value of a function that maps each number by itself.
    static func apply(_ function: QueryFunction, _ value: Double) -> Double {
        switch function {
        case .abs: value.magnitude
        case .ceil: value.rounded(.up)
        case .floor: value.rounded(.down)
        case .exp: exp(value)
        case .ln: log(value)
        case .log2: log2(value)
        case .log10: log10(value)
        case .sqrt: value.squareRoot()
        case .sgn: value < 0 ? -1 : (value > 0 ? 1 : value)
        default: value
        }
    }
}
