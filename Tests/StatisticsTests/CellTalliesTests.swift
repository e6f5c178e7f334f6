import Testing

@testable import Statistics

/// Counts of 16 bits that become 32 or 64 where one no longer fits.
struct CellTalliesTests {
    private static func tallies(_ numbers: [Int]) -> CellTallies {
        var tallies = CellTallies()
        for number in numbers { tallies.append(number, 0 &- number / 2) }
        return tallies
    }

    private static func opens(of tallies: CellTallies, _ count: Int) -> [Int] { (0..<count).map { tallies[$0].open } }

    private static func points(of tallies: CellTallies, _ count: Int) -> [Int] { (0..<count).map { tallies[$0].point } }

    private static let sixteen = Int(Int16.max)
    private static let thirtyTwo = Int(Int32.max)

    @Test(
        arguments: [
            (0, .short), (sixteen, .short), (-sixteen, .short), (sixteen + 1, .narrow), (-sixteen - 1, .narrow),
            (thirtyTwo, .narrow), (-thirtyTwo, .narrow), (thirtyTwo + 1, .wide), (-thirtyTwo - 1, .wide),
            (.max, .wide), (.min, .wide),
        ] as [(Int, CountWidth)])
    func `a count that does not fit widens all`(number: Int, width: CountWidth) {
        let expected = [1, -2, number, 3]
        var set = CellTallies(count: 4)
        var appended = CellTallies()
        for (index, number) in expected.enumerated() {
            set.set(index, 7, number)
            appended.append(number, 7)
        }
        #expect(set.width == width && appended.width == width)
        #expect(Self.points(of: set, 4) == expected && Self.opens(of: set, 4) == [7, 7, 7, 7])
        #expect(Self.opens(of: appended, 4) == expected && Self.points(of: appended, 4) == [7, 7, 7, 7])
        #expect(set.footprint == 4 * 4 << width.rawValue)
    }

    @Test func `numbers of a width that have no magnitude in it take the next one`() {
        let short = CellTallies(short: [1, -2, .min, 4])
        #expect(short.width == .narrow && Self.opens(of: short, 2) == [1, Int(Int16.min)])
        let narrow = CellTallies(narrow: [1, -2, 3, .min])
        #expect(narrow.width == .wide && Self.points(of: narrow, 2) == [-2, Int(Int32.min)])
        #expect(CellTallies(short: [.max, -.max]).width == .short)
        #expect(CellTallies(narrow: [.max, -.max]).width == .narrow)
    }

    @Test(
        arguments: [0, 5, sixteen, sixteen + 1, thirtyTwo, thirtyTwo + 1],
        [0, -5, sixteen, -sixteen, 2 * sixteen, thirtyTwo, -thirtyTwo, 1 << 40])
    func `counts add up and are taken away exactly, in whatever width each is`(left: Int, right: Int) {
        let (first, second) = ([left, 1, 2, 0 - left], [right, 4, right, right])
        var total = Self.tallies(first)
        let other = Self.tallies(second)
        total.add(other)
        #expect(Self.opens(of: total, 4) == zip(first, second).map { $0 + $1 })
        #expect(Self.points(of: total, 4) == zip(first, second).map { 0 - $0 / 2 - $1 / 2 })
        total.subtract(other)
        total.subtract(other)
        #expect(Self.opens(of: total, 4) == zip(first, second).map { $0 - $1 })
        let places: [Int32] = [3, 1, 0, 2]
        total = Self.tallies(first)
        total.add(other, at: places, isNegative: false)
        #expect(places.enumerated().allSatisfy { total[Int($1)].open == first[Int($1)] + second[$0] })
        total.add(other, at: places, isNegative: true)
        #expect(Self.opens(of: total, 4) == first && Self.points(of: total, 4) == first.map { 0 - $0 / 2 })
    }

    @Test(arguments: 0..<300)
    func `four at once are what they are one after another`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        let parts = (0..<5).map { part in
            // Some of one width, some of several.
            let bits = seed % 3 == 0 ? Int.random(in: 1...40, using: &generator) : seed / 3 % 40 + 1
            return (0..<37).map { _ in Int.random(in: -(1 << bits)...(1 << bits), using: &generator) }
        }
        var joint = Self.tallies(parts[4])
        joint.add(Self.tallies(parts[0]), Self.tallies(parts[1]), Self.tallies(parts[2]), Self.tallies(parts[3]))
        #expect(Self.opens(of: joint, 37) == (0..<37).map { index in parts.reduce(0) { $0 + $1[index] } })
        #expect(Self.points(of: joint, 37) == (0..<37).map { index in parts.reduce(0) { $0 - $1[index] / 2 } })
    }

    @Test(
        arguments: [(sixteen / 4, .short), (sixteen / 2, .narrow), (thirtyTwo / 4, .narrow), (thirtyTwo / 2, .wide)]
            as [(Int, CountWidth)])
    func `room is made for four together`(number: Int, width: CountWidth) {
        let part = Self.tallies([number, 0, 0 - number])
        var total = CellTallies(count: 3)
        total.add(part, part, part, part)
        #expect(Self.opens(of: total, 3) == [4 * number, 0, -4 * number])
        #expect(total.width == width)
    }

    @Test(arguments: [(sixteen >> 3, .short), (thirtyTwo >> 3, .narrow)] as [(Int, CountWidth)])
    func `a total that parts come to and leave stays as it is, however often`(number: Int, width: CountWidth) {
        let part = Self.tallies([number, 0 - number, 7])
        var total = CellTallies(count: 3)
        for _ in 0..<1000 {
            total.add(part, part, part, part)
            for _ in 0..<4 { total.subtract(part) }
        }
        #expect(total.width == width)
        #expect(Self.opens(of: total, 3) == [0, 0, 0])
    }
}
