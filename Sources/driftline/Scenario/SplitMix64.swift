#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A small generator of numbers that look random and are the same for the same seed.
///
/// Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    /// The sequence of a seed; `stream` tells apart sequences for different uses.
    init(seed: UInt64, stream: UInt64) {
        state = seed &+ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<1`.
    mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number of the standard normal distribution, after Box and Muller.
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * Double.pi * uniform())
    }

    /// A number of the exponential distribution with a mean.
    mutating func exponential(mean: Double) -> Double {
        -mean * log(1 - uniform())
    }

    /// A count of the Poisson distribution with a mean of 0 to a million; above 50 by the normal distribution.
    mutating func poisson(mean: Double) -> Int {
        if mean > 50 { return Int(max(0, (mean + mean.squareRoot() * normal()).rounded())) }
        let limit = exp(-mean)
        var product = uniform()
        var count = 0
        while product > limit {
            product *= uniform()
            count += 1
        }
        return count
    }

    /// One of some texts, each as often as its weight says.
    mutating func pick(_ choices: [(text: String, weight: Double)]) -> String {
        var rest = uniform() * choices.reduce(0) { $0 + $1.weight }
        for choice in choices {
            rest -= choice.weight
            if rest < 0 { return choice.text }
        }
        return choices.last?.text ?? ""
    }
}
