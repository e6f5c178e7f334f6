/// Random numbers that are the same in every run: xorshift64, and sums of twelve for a bell curve.
struct NormalNumbers {
    private var state: UInt64 = 88_172_645_463_325_252

    /// Uniform between 0 and 1.
    mutating func uniform() -> Double {
        state ^= state &<< 13
        state ^= state &>> 7
        state ^= state &<< 17
        return Double(state &>> 11) * 0x1p-53
    }

    /// About normal with standard deviation 1.
    mutating func next(mean: Double = 0) -> Double {
        var sum = mean - 6
        for _ in 0..<12 { sum += uniform() }
        return sum
    }

    /// A column of them.
    mutating func column(_ count: Int, mean: Double = 0) -> [Double] {
        (0..<count).map { _ in next(mean: mean) }
    }
}
