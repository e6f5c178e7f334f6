/// A named ASCII class: `\d`, `\s`, `\w` and `[[:alpha:]]` with its kin.
struct PerlClass {
    /// The ASCII ranges, ascending, without overlap.
    let ranges: [ClosedRange<UInt32>]
    /// Whether everything else is meant.
    let isNegated: Bool

    private static let digits: [ClosedRange<UInt32>] = [48...57]
    private static let upper: [ClosedRange<UInt32>] = [65...90]
    private static let lower: [ClosedRange<UInt32>] = [97...122]
    private static let word: [ClosedRange<UInt32>] = [48...57, 65...90, 95...95, 97...122]

    /// The class of the letter after a backslash, or nil.
    init?(letter: Unicode.Scalar) {
        switch letter {
        case "d", "D": ranges = Self.digits
        case "s", "S": ranges = [9...10, 12...13, 32...32]
        case "w", "W": ranges = Self.word
        default: return nil
        }
        isNegated = letter.properties.isUppercase
    }

    /// The class of the name in `[:name:]`, or nil.
    init?(posix name: String, isNegated: Bool) {
        switch name {
        case "alnum": ranges = Self.digits + Self.upper + Self.lower
        case "alpha": ranges = Self.upper + Self.lower
        case "ascii": ranges = [0...127]
        case "blank": ranges = [9...9, 32...32]
        case "cntrl": ranges = [0...31, 127...127]
        case "digit": ranges = Self.digits
        case "graph": ranges = [33...126]
        case "lower": ranges = Self.lower
        case "print": ranges = [32...126]
        case "punct": ranges = [33...47, 58...64, 91...96, 123...126]
        case "space": ranges = [9...13, 32...32]
        case "upper": ranges = Self.upper
        case "word": ranges = Self.word
        case "xdigit": ranges = [48...57, 65...70, 97...102]
        default: return nil
        }
        self.isNegated = isNegated
    }

    /// Everything outside the ranges.
    var complement: [ClosedRange<UInt32>] {
        var rest: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { rest.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        rest.append(next...0x10FFFF)
        return rest
    }

    /// Whether a scalar counts as part of a word for `\b`.
    static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        guard let scalar else { return false }
        return word.contains { $0.contains(scalar.value) }
    }
}
