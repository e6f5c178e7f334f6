import Testing

@testable import Statistics

/// Counts over a grid as bytes of equal widths, and counts that need more than 32 bits.
struct PackedCellsTests {
    private static let grid = RankGrid(freezing: (0..<100).map { Double($0) / 7 }, limit: 1024)

    /// Counts with something at nearly every index, made of a few numbers.
    private static func counts(open: Int, point: Int, sum: Int128) -> GridCounts {
        var counts = GridCounts(grid: grid)
        for index in 0..<grid.pairCount where index % 17 != 3 {
            let pair = CellPair(
                open: open &+ index % 3, point: index % 2 == 0 ? point : 0,
                sum: index / 16 % 3 == 1 ? 0 : sum &+ Int128(index))
            counts.append(Int32(index), pair)
            counts.count &+= pair.open &+ pair.point
        }
        counts.settle()
        return counts
    }

    @Test(arguments: [0, 1, -1, 127, 128, -128, -129, 40_000, Int(Int32.max), Int(Int32.max) + 9, 1 << 60, -(1 << 60)])
    func `counts of every width are read as they were written`(number: Int) throws {
        for point in [0, number] {
            let counts = Self.counts(open: number, point: point, sum: 12)
            let bytes = counts.encoded()
            let read = try GridCounts(decoding: bytes)
            #expect(read == counts)
            #expect(read.count == counts.count)
            #expect(read.encoded() == bytes)
        }
    }

    @Test(arguments: [0, 8, 40, 63, 64, 65, 72, 100, 120, 126])
    func `sums of every width are read as they were written`(shift: Int) throws {
        for sum in [
            Int128(1) << Int128(shift), -(Int128(3) << Int128(min(shift, 124))), (Int128(1) << Int128(shift)) - 1,
        ] {
            let counts = Self.counts(open: 5, point: 1, sum: sum)
            #expect(try GridCounts(decoding: counts.encoded()) == counts)
        }
    }

    @Test func `a list of many cells, as version 3 has it, is still read`() throws {
        let counts = Self.counts(open: 3, point: 2, sum: 1 << 70)
        var writer = SummaryWriter()
        writer.write(varint: UInt64(counts.pairCount))
        writer.write(zigzag: 0)
        writer.write(varint: UInt64(counts.occupiedCount))
        var next = 0
        for (index, pair) in counts.occupied {
            writer.write(varint: UInt64(index - next))
            next = index + 1
            writer.write(zigzag: pair.open)
            writer.write(zigzag: pair.point)
            writer.write(int128: pair.sum)
        }
        var reader = SummaryReader(writer.bytes, version: 3)
        #expect(try GridCounts(from: &reader) == counts)
        #expect(reader.remaining == 0)
    }

    @Test func `bytes that are cut or changed are refused or read, and never trap`() {
        let counts = Self.counts(open: 300, point: 1, sum: -77)
        var writer = SummaryWriter()
        writer.write(counts)
        for length in writer.bytes.indices {
            var reader = SummaryReader(Array(writer.bytes.prefix(length)))
            #expect(throws: CodecError.self) { try GridCounts(from: &reader) }
        }
        for place in writer.bytes.indices {
            for change: UInt8 in [1, 0x80, 0xFF] {
                var bytes = writer.bytes
                bytes[place] ^= change
                var reader = SummaryReader(bytes)
                // Whatever comes of it can be used.
                if let read = Self.read(&reader) { #expect(read.occupied.allSatisfy { $0.index < read.pairCount }) }
            }
        }
    }

    private static func read(_ reader: inout SummaryReader) -> GridCounts? {
        do throws(CodecError) { return try GridCounts(from: &reader) } catch { return nil }
    }

    @Test func `counts beyond 32 bits add up and leave again`() {
        let large = Self.counts(open: Int(Int32.max) - 5, point: 7, sum: 1)
        var sum = large
        sum.merge(large)
        #expect(sum.tallies.width == .wide)
        #expect(sum.pair(at: 1).open == 2 * large.pair(at: 1).open)
        sum.subtract(large)
        #expect(sum == large)
        sum.subtract(large)
        #expect(sum == GridCounts(grid: Self.grid))
    }

    @Test func `a total that many windows went through stays narrow`() {
        let hour = Self.counts(open: 1 << 28, point: 1, sum: 5)
        var total = hour
        for _ in 0..<100 {
            total.merge(hour)
            total.subtract(hour)
        }
        #expect(total.tallies.width < .wide)
        #expect(total == hour)
    }

    @Test(arguments: [(share: 0.3, isSmaller: true), (0.9, false)])
    func `counts take the sparse form where it is smaller, and say the same`(share: Double, isSmaller: Bool) throws {
        let grid = try #require(RankGrid(cutPoints: (0..<1000).map(Double.init), deciles: [], scale: .unscaled))
        // Three values for each occupied pair, so that there are many.
        let intervals = (0..<Int(share * 1000)).map(Double.init)
        let values = intervals + intervals.map { $0 + 0.25 } + intervals.map { $0 + 0.5 }
        var (counts, scratch) = (GridCounts(grid: grid), FoldScratch())
        counts.spreadOut()
        counts.fold(values.span, on: grid, scratch: &scratch)
        counts.gatherUp()
        var small = counts
        small.makeSmall()
        #expect(counts.isDense && small.isDense == !isSmaller)
        #expect(small == counts && small.encoded() == counts.encoded())
        #expect(isSmaller ? small.footprint < counts.footprint / 2 : small.footprint == counts.footprint)
        small.merge(counts)
        counts.merge(counts)
        #expect(small == counts)
    }

    @Test func `wide counts are folded into as narrow ones`() {
        let values = (0..<1000).map { Double($0 % 101) / 7 }
        var (narrow, wide, scratch) = (
            GridCounts(grid: Self.grid), Self.counts(open: 1 << 40, point: 0, sum: 0), FoldScratch()
        )
        let base = wide
        narrow.fold(values.span, on: Self.grid, scratch: &scratch)
        wide.fold(values.span, on: Self.grid, scratch: &scratch)
        wide.subtract(base)
        #expect(wide == narrow)
    }
}
