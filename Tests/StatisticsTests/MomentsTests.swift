import Statistics
import Testing

struct MomentsTests {
    private func moments(_ values: [Double], scale: FixedPointScale = .unscaled) -> Moments {
        var result = Moments(scale: scale)
        for value in values { result.fold(value) }
        return result
    }

    @Test func `no values have no mean and no deviation`() {
        #expect(Moments().mean == nil)
        #expect(Moments().std == nil)
        #expect(Moments().variance == nil)
    }

    @Test func `one value has deviation 0`() {
        let one = moments([4.2])
        #expect(one.mean == 4.2)
        #expect(one.std == 0)
    }

    @Test func `a constant column has deviation 0 whatever its value`() {
        #expect(moments(Array(repeating: 0.1, count: 1000)).std == 0)
        #expect(moments(Array(repeating: 1e9 + 1.0 / 3, count: 1000)).std == 0)
    }

    @Test func `a value that is too large is counted and takes the mean away until it leaves`() {
        var all = moments([1, 2, 1e30])
        #expect(all.count == 3)
        #expect(all.unsummed == 1)
        #expect(all.mean == nil)
        #expect(all.std == nil)
        all.subtract(moments([1e30]))
        #expect(all.mean == 1.5)
        #expect(all.std == 0.5)
    }

    @Test func `small values are not lost beside large ones`() {
        var all = moments([1e9, 1e-9, -1e9])
        all.subtract(moments([1e9, -1e9]))
        #expect(isClose(all.mean, 1e-9, relative: 1e-7, absolute: 0))
    }

    @Test func `a sum that ran over gives no mean`() {
        let scale = FixedPointScale(exponent: 0)
        var all = moments([0x1.fffffp23], scale: scale)
        for _ in 0..<30 { all.merge(all) }
        #expect(all.count == 1 << 30)
        #expect(all.mean == nil)
        #expect(all.std == nil)
    }

    @Test func `huge values have a deviation though their squares are infinite`() {
        let all = moments([1e300, -1e300], scale: FixedPointScale(largestMagnitude: 1e300))
        #expect(all.mean == 0)
        #expect(isClose(all.std, 1e300, relative: 1e-11, absolute: 0))
        #expect(all.variance == nil)
    }
}
