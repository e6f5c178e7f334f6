import Statistics
import Testing

struct FixedPointScaleTests {
    @Test(arguments: [(1.0, 0), (1.99, 0), (-8, 3), (5e-300, -995), (1e308, 1023), (0.75, -1)])
    func `the exponent is that of the largest magnitude`(largest: Double, exponent: Int) {
        #expect(FixedPointScale(largestMagnitude: largest).exponent == exponent)
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
