import Statistics
import Testing

struct RealSumTests {
    @Test(arguments: 0..<20)
    func `a real sum is the same in any order and goes away again`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<200).map { _ in
            generator.normal()
                * Double(sign: .plus, exponent: Int.random(in: -300...300, using: &generator), significand: 1)
        }
        var (forward, backward) = (RealSum(), RealSum())
        for value in values { forward.add(value) }
        for value in values.shuffled(using: &generator) { backward.add(value) }
        #expect(forward == backward)
        let exact = values.sorted { $0.magnitude > $1.magnitude }.reduce(0, +)
        #expect(isClose(forward.real, exact, relative: 1e-12))
        for value in values { forward.add(value, times: -1) }
        #expect(forward == RealSum())
    }
}
