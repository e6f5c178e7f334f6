import Testing

@testable import Statistics

struct FixedPointScaleTests {
    @Test(arguments: [(1.0, 0), (1.99, 0), (-8, 3), (5e-300, -995), (1e308, 1023), (0.75, -1)])
    func `the exponent is that of the largest magnitude`(largest: Double, exponent: Int) {
        #expect(FixedPointScale(largestMagnitude: largest).exponent == exponent)
    }

    @Test(arguments: [
        (1.0, 8.0, 24), (1.99, 8, 24), (0.25, 0x1p40, 40), (-3, 3, 25), (0, 8, 3), (1e308, 1e308, 1023),
        (0x1p-1063, 1, 0),
        (.infinity, 8, 3), (1, 0, 20),
    ])
    func `the unit follows from usual values, and the largest fits`(usual: Double, largest: Double, exponent: Int) {
        #expect(FixedPointScale(usualMagnitude: usual, largest: largest).exponent == exponent)
    }

    @Test(arguments: 0..<50)
    func `values of 64 bits are the same number of units as those of 128`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let scale = FixedPointScale(exponent: Int.random(in: -1060...1023, using: &generator))
        for _ in 0..<200 {
            let exponent = scale.exponent + Int.random(in: -150 ..< -14, using: &generator)
            let sign: FloatingPointSign = Bool.random(using: &generator) ? .plus : .minus
            // Every other one with few bits, so that there are halves.
            let significand =
                Bool.random(using: &generator)
                ? 1 + Double(Int.random(in: 0..<64, using: &generator)) / 64
                : Double.random(in: 1..<2, using: &generator)
            let value = Double(sign: sign, exponent: exponent, significand: significand)
            // Half to even by the definition, in numbers that are exact.
            let units = Double(sign: .plus, exponent: -scale.unitExponent, significand: 1)
            guard units.isNormal, value.isNormal || value == 0 else { continue }
            #expect(Double(scale.quantisedNarrow(value)) == (value * units).rounded(.toNearestOrEven))
            #expect(scale.quantised(value) == Int128(scale.quantisedNarrow(value)))
        }
    }

    @Test(arguments: [-1074, -1061, -1060, -1030, -1009, -1008, -1007, -500, 0, 20, 946, 1023])
    func `what is added up in 64 bits is exactly what lies below the limit`(exponent: Int) {
        let scale = FixedPointScale(exponent: exponent)
        guard scale.narrowLimit > 0 else { return }
        let greatest = scale.narrowLimit.nextDown
        let gap = max(9, -1074 - scale.unitExponent)
        #expect(scale.quantisedNarrow(greatest) == (1 << 62) - (1 << gap))
        #expect(scale.quantisedNarrow(-greatest) == (1 << gap) - (1 << 62))
        #expect(scale.quantised(scale.narrowLimit) == 1 << 62)
        #expect(scale.quantised(-scale.narrowLimit) == -1 << 62)
        #expect(scale.quantisedNarrow(0) == 0)
    }

    @Test(arguments: [-1074, -1060, -1009])
    func `numbers below all normal ones are counted exactly`(exponent: Int) {
        let scale = FixedPointScale(exponent: exponent)
        #expect(scale.limit == Double(sign: .plus, exponent: exponent + 24, significand: 1))
        let least = Double.leastNonzeroMagnitude
        let units = Int128(1) << Int128(-1074 - scale.unitExponent)
        for times in [1, 2, 3, 1000, 1 << 20] {
            #expect(scale.quantised(Double(times) * least) == Int128(times) * units)
            #expect(scale.quantised(-Double(times) * least) == -Int128(times) * units)
        }
    }

    @Test(arguments: [0.0, .infinity, .nan])
    func `without a magnitude the scale is the default one`(largest: Double) {
        #expect(FixedPointScale(largestMagnitude: largest) == .unscaled)
        #expect(FixedPointScale.unscaled.limit == 0x1p44)
    }

    @Test func `values fit below 2^24 times the power of two of the largest`() {
        let scale = FixedPointScale(largestMagnitude: 3)
        #expect(scale.fits(-0x1.fffffffffffffp24))
        #expect(!scale.fits(0x1p25))
        #expect(!scale.fits(.infinity))
        #expect(!scale.fits(.nan))
    }

    @Test(arguments: [-1074, -1060, -1022, -500, 0, 500, 999, 1023])
    func `a sum of one value is that value`(exponent: Int) {
        let scale = FixedPointScale(exponent: exponent)
        for factor in [1.0, -1.5, 1.9999999999999998, 0.1, 0x1p-20] {
            let value = Double(sign: .plus, exponent: exponent, significand: factor)
            var moments = Moments(scale: scale)
            moments.fold(value)
            #expect(moments.mean == value)
            #expect(moments.unsummed == 0)
        }
    }

    @Test func `values below the unit are rounded half to even`() {
        let scale = FixedPointScale(exponent: 76)
        let cases: [(Double, Double)] = [
            (0.5, 0), (1.5, 2), (2.5, 2), (-0.5, 0), (-1.5, -2), (0.51, 1), (0.49, 0), (1e-300, 0),
        ]
        for (value, rounded) in cases {
            var moments = Moments(scale: scale)
            moments.fold(value)
            #expect(moments.mean == rounded)
        }
    }
}
