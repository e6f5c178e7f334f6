import Statistics
import Testing

struct ExtremesTests {
    @Test func `no values have no extremes`() {
        #expect(Extremes().minimum == nil)
        #expect(Extremes().maximum == nil)
        #expect(Extremes(.nan, .nan).isEmpty)
    }

    @Test func `negative zero is zero`() throws {
        #expect(try #require(Extremes(-0.0, -0.0).minimum).sign == .plus)
    }

    @Test(arguments: 0..<20)
    func `a sliding window has the extremes of its panes`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var sliding = SlidingUnion(empty: Extremes())
        var panes: [Extremes] = []
        for _ in 0..<200 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1:
                let pane = Extremes(generator.normal(), generator.normal())
                panes.append(pane)
                sliding.push(pane)
            case 2 where !panes.isEmpty:
                let offset = Int.random(in: panes.indices, using: &generator)
                let late = Extremes(2 * generator.normal(), generator.normal())
                panes[offset].merge(late)
                sliding.widen(at: offset, by: late)
            case 3:
                panes.append(Extremes())
                sliding.push(Extremes())
            default:
                sliding.popFirst()
                panes = Array(panes.dropFirst())
            }
            var expected = Extremes()
            for pane in panes { expected.merge(pane) }
            #expect(sliding.current == expected)
            #expect(sliding.count == panes.count)
        }
    }
}
