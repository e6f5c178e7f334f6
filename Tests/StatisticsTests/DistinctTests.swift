import Statistics
import Testing

struct DistinctTests {
    private func sketch(_ values: [Double], _ size: DistinctSketch.Size = .column) -> DistinctSketch {
        var result = DistinctSketch(size)
        for value in values { result.insert(CategoryTextHash.value(value)) }
        return result
    }

    @Test(arguments: [0, 1, 2, 63, 64])
    func `few values are counted exactly, however often they come`(count: Int) {
        let values = (0..<count).map(Double.init)
        let counted = sketch(values + values + values).count
        #expect(counted == DistinctCount(value: Double(count), errorBound: 0))
    }

    @Test(arguments: [
        (DistinctSketch.Size.column, 65), (.column, 1000), (.column, 50_000), (.rows, 1025), (.rows, 40_000),
    ])
    func `many values are counted within the bound`(size: DistinctSketch.Size, count: Int) throws {
        for salt in 0..<5 {
            let counted = try #require(sketch((0..<count).map { Double($0 + salt * 1_000_000) }, size).count)
            #expect((counted.value - Double(count)).magnitude <= counted.errorBound)
            #expect(counted.errorBound <= (size == .column ? 0.3 : 0.08) * Double(count))
        }
    }

    @Test(arguments: [DistinctSketch.Size.column, .rows], [0, 5, 64, 65, 700, 3000])
    func `any order and splitting gives the same bytes, which can be read again`(
        size: DistinctSketch.Size, count: Int
    ) throws {
        var generator = SeededGenerator(seed: count)
        let values = (0..<count).map { Double($0) / 7 }
        let whole = sketch(values, size)
        var merged = DistinctSketch(size)
        var rest = (values + values.prefix(40)).shuffled(using: &generator)[...]
        while !rest.isEmpty {
            let part = Int.random(in: 1...500, using: &generator)
            merged.merge(sketch(Array(rest.prefix(part)), size))
            rest = rest.dropFirst(part)
        }
        #expect(merged == whole)
        var (first, second) = (SummaryWriter(), SummaryWriter())
        whole.write(to: &first)
        merged.write(to: &second)
        #expect(first.bytes == second.bytes)
        var reader = SummaryReader(first.bytes)
        #expect(try DistinctSketch(size, from: &reader) == whole)
        #expect(reader.remaining == 0)
    }

    @Test(arguments: 0..<40)
    func `damaged bytes are refused or read`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var writer = SummaryWriter()
        sketch((0..<seed * 5).map(Double.init)).write(to: &writer)
        var bytes = writer.bytes
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        var reader = SummaryReader(bytes)
        do {
            let read = try DistinctSketch(.column, from: &reader)
            #expect(read.isPartial || read.count?.value.isFinite == true)
        } catch {
            #expect("\(error)".isEmpty == false)
        }
    }

    @Test(arguments: 0..<10)
    func `a sliding union is that of its panes`(seed: Int) {
        var generator = SeededGenerator(seed: seed)
        var sliding = SlidingUnion(empty: DistinctSketch(.column))
        var panes: [DistinctSketch] = []
        for step in 0..<60 {
            if Int.random(in: 0..<3, using: &generator) > 0 {
                let pane = sketch((0..<Int.random(in: 0..<90, using: &generator)).map { Double($0 + step * 11) })
                panes.append(pane)
                sliding.push(pane)
            } else {
                panes = Array(panes.dropFirst())
                sliding.popFirst()
            }
            var expected = DistinctSketch(.column)
            for pane in panes { expected.merge(pane) }
            #expect(sliding.current == expected)
        }
    }

    @Test func `a column of tied values is exact on its grid, and of others within the bound`() throws {
        let grid = RankGrid(freezing: (0..<500).map(Double.init), limit: 1024)
        let tied = (0..<5000).map { Double($0 % 400) }
        var (first, second, scratch) = (NumericSummary(grid: grid), NumericSummary(grid: grid), FoldScratch())
        first.fold(tied.span, on: grid, scratch: &scratch)
        #expect(first.distinctCount == DistinctCount(value: 400, errorBound: 0))
        let loose = (0..<5000).map { Double($0 % 2000) / 4 }
        second.fold(loose.span, on: grid, scratch: &scratch)
        let counted = try #require(second.distinctCount)
        #expect((counted.value - 2000).magnitude <= counted.errorBound)
    }

    @Test func `names are counted exactly, and cells beyond them within the bound`() throws {
        let values = (0..<900).map { ByteText("category \($0)") }
        let codes = (0..<2700).map { Int32($0 % 900) }
        var (named, hashed) = (CategoricalSummary(), CategoricalSummary())
        named.fold(codes: codes.span, values: values) { _ in true }
        hashed.fold(codes: codes.span, values: values) { $0 < "category 2" }
        #expect(named.distinctCount == DistinctCount(value: 900, errorBound: 0))
        let counted = try #require(hashed.distinctCount)
        #expect(counted.errorBound > 0 && (counted.value - 900).magnitude <= counted.errorBound)
    }
}

/// Hashes as a test needs them: of a number's text, by another function than that of the service.
private enum CategoryTextHash {
    static func value(_ number: Double) -> UInt64 {
        var generator = SeededGenerator(seed: Int(truncatingIfNeeded: number.bitPattern &* 31))
        return generator.next()
    }
}
