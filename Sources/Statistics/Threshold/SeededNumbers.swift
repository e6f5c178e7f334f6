#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Random numbers that are the same in every process and for ever, for the simulated laws of thresholds.
///
/// The generator is xoshiro256++ (Blackman and Vigna 2019), its state filled by SplitMix64 (Steele, Lea and Flood 2014). Not
/// for secrets.
package struct SeededNumbers: Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    /// The second normal number of a pair that is still to be handed out.
    private var spare: Double?

    /// Numbers that follow from a seed alone.
    package init(seed: UInt64) {
        var mixer = seed
        func next() -> UInt64 {
            mixer &+= 0x9E37_79B9_7F4A_7C15
            var word = mixer
            word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word &>> 31
        }
        state = (next(), next(), next(), next())
    }

    /// The next 64 bits.
    package mutating func word() -> UInt64 {
        let sum = state.0 &+ state.3
        let result = (sum &<< 23 | sum &>> 41) &+ state.0
        let shifted = state.1 &<< 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 &<< 45 | state.3 &>> 19
        return result
    }

    /// Uniform above 0 and below 1.
    package mutating func uniform() -> Double {
        (Double(word() &>> 12) + 0.5) * 0x1p-52
    }

    /// Normal with mean 0 and standard deviation 1 (Marsaglia's polar method 1964).
    package mutating func normal() -> Double {
        if let last = spare {
            spare = nil
            return last
        }
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            guard square < 1, square > 0 else { continue }
            let factor = (-2 * log(square) / square).squareRoot()
            spare = y * factor
            return x * factor
        }
    }

    /// Gamma distributed with scale 1 (Marsaglia and Tsang 2000); 0 for a shape that is not positive.
    package mutating func gamma(shape: Double) -> Double {
        guard shape > 0 else { return 0 }
        guard shape >= 1 else { return gamma(shape: shape + 1) * exp(log(uniform()) / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
        }
    }
}
