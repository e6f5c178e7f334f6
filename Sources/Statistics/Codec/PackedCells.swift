/// Counts over all cells of a grid as bytes of equal widths, which are read without looking at each byte.
///
/// | bytes | what |
/// | --- | --- |
/// | 1 | width of the counts of open intervals: 1, 2, 4 or 8 |
/// | 1 | width of the counts of cut points: the same, or 0 where there are none |
/// | width x pairs | counts of open intervals, two's complement, little-endian |
/// | width x pairs | counts of cut points |
/// | 2 + width x 16 | sums, 16 at a time: how many zero bytes all end with, how many others each has, then these |
enum PackedCells {
    /// How many sums share a width.
    private static let block = 16

    static func write(_ counts: GridCounts, to writer: inout SummaryWriter) {
        var dense = counts
        dense.makeDense()
        switch dense.tallies.width {
        case .short: write(dense.tallies.short, to: &writer)
        case .narrow: write(dense.tallies.narrow, to: &writer)
        case .wide: write(dense.tallies.wide, to: &writer)
        }
        for start in stride(from: 0, to: dense.pairCount, by: block) {
            write((start..<min(start + block, dense.pairCount)).map { dense.sums[$0] }, to: &writer)
        }
    }

    /// Writes the counts of all cells; how many bits they have in memory does not show.
    @inline(__always)
    private static func write<Count: FixedWidthInteger>(_ cells: [Count], to writer: inout SummaryWriter) {
        let (open, point) = (width(of: cells, 0), width(of: cells, 1))
        writer.write(u8: UInt8(open))
        writer.write(u8: UInt8(point))
        for (width, side) in [(open, 0), (point, 1)] where width > 0 {
            for cell in stride(from: side, to: cells.count, by: 2) {
                writer.write(low: UInt64(truncatingIfNeeded: cells[cell]), bytes: width)
            }
        }
    }

    /// How many bytes each count of a side takes.
    @inline(__always)
    private static func width<Count: FixedWidthInteger>(of cells: [Count], _ side: Int) -> Int {
        var (found, magnitudes): (Int, Int) = (0, 0)
        for cell in stride(from: side, to: cells.count, by: 2) {
            let number = Int(truncatingIfNeeded: cells[cell])
            found |= number
            magnitudes |= number < 0 ? ~number : number
        }
        guard found != 0 else { return side == 0 ? 1 : 0 }
        let bytes = (Int.bitWidth + 1 - magnitudes.leadingZeroBitCount + 7) / 8
        return bytes <= 2 ? bytes : bytes <= 4 ? 4 : 8
    }

    private static func write(_ sums: [Int128], to writer: inout SummaryWriter) {
        let zeros = sums.reduce(16) { $1 == 0 ? $0 : min($0, $1.trailingZeroBitCount / 8) } % 16
        var width = 0
        for sum in sums where sum != 0 {
            let rest = sum >> Int128(8 * zeros)
            width = max(width, (Int128.bitWidth + 8 - (rest < 0 ? ~rest : rest).leadingZeroBitCount) / 8)
        }
        writer.write(u8: UInt8(zeros))
        writer.write(u8: UInt8(width))
        for sum in sums where width > 0 {
            let rest = sum >> Int128(8 * zeros)
            writer.write(low: UInt64(truncatingIfNeeded: rest), bytes: min(width, 8))
            if width > 8 { writer.write(low: UInt64(truncatingIfNeeded: rest >> 64), bytes: width - 8) }
        }
    }

    /// Reads what ``write(_:to:)`` wrote.
    static func read(into counts: inout GridCounts, from reader: inout SummaryReader) throws(CodecError) {
        let pairs = counts.pairCount
        let (open, point) = (Int(try reader.u8()), Int(try reader.u8()))
        guard [1, 2, 4, 8].contains(open), [0, 1, 2, 4, 8].contains(point) else {
            throw .invalid("counts of \(open) and \(point) bytes")
        }
        guard (open + point) * pairs <= reader.remaining else { throw .truncated }
        counts.tallies = try readTallies(open, point, into: &counts, from: &reader)
        counts.sums = try readSums(pairs, from: &reader)
        counts.isDense = true
    }

    private static func readTallies(
        _ open: Int, _ point: Int, into counts: inout GridCounts, from reader: inout SummaryReader
    ) throws(CodecError) -> CellTallies {
        switch max(open, point) {
        case 1, 2: return CellTallies(short: try read(open, point, into: &counts, from: &reader))
        case 4:
            let narrow: [Int32] = try read(open, point, into: &counts, from: &reader)
            // The most negative number of 32 bits has a magnitude that does not fit them.
            guard !narrow.contains(.min) else { throw .invalid("a count of -2^31") }
            return CellTallies(narrow: narrow)
        default: return CellTallies(wide: try read(open, point, into: &counts, from: &reader))
        }
    }

    /// Reads the counts of all cells, which fit what they are read into, and their total.
    @inline(__always)
    private static func read<Count: FixedWidthInteger>(
        _ open: Int, _ point: Int, into counts: inout GridCounts, from reader: inout SummaryReader
    ) throws(CodecError) -> [Count] {
        let pairs = counts.pairCount
        var numbers = [Count](repeating: 0, count: 2 * pairs)
        var total: Int64 = 0
        for (width, side) in [(open, 0), (point, 1)] where width > 0 {
            try reader.read(width * pairs) { bytes in
                var target = numbers.mutableSpan
                for index in 0..<pairs {
                    let number =
                        width == 1 ? Int64(Int8(bitPattern: bytes[index])) : signed(bytes, at: index &* width, width)
                    total &+= number
                    target[2 &* index &+ side] = Count(truncatingIfNeeded: number)
                }
            }
        }
        counts.count = Int(total)
        return numbers
    }

    /// Reads sums in 64 bits, or in 128 from the first block on that has wider ones.
    private static func readSums(_ pairs: Int, from reader: inout SummaryReader) throws(CodecError) -> IntervalSums {
        var narrow = [Int64](repeating: 0, count: pairs)
        var start = 0
        while start < pairs {
            let before = reader
            let (zeros, width) = try widths(from: &reader)
            guard zeros + width <= 8 || width == 0 else {
                reader = before
                return try readWideSums(narrow.map { Int128(truncatingIfNeeded: $0) }, from: start, &reader)
            }
            let end = min(start + block, pairs)
            if width > 0 {
                try reader.read(width * (end - start)) { bytes in
                    let up = Int64(8 &* zeros)
                    var target = narrow.mutableSpan
                    for index in 0..<(end &- start) {
                        target[start &+ index] = signed(bytes, at: index &* width, width) &<< up
                    }
                }
            }
            start = end
        }
        return IntervalSums(narrow: narrow)
    }

    /// Reads the sums from a place on, where those before are known.
    private static func readWideSums(
        _ known: [Int128], from first: Int, _ reader: inout SummaryReader
    ) throws(CodecError) -> IntervalSums {
        var wide = known
        for start in stride(from: first, to: wide.count, by: block) {
            let (zeros, width) = try widths(from: &reader)
            guard width > 0 else { continue }
            let number = min(block, wide.count - start)
            try reader.read(width * number) { bytes in
                let up = Int128(8 &* zeros)
                var target = wide.mutableSpan
                for index in 0..<number {
                    target[start &+ index] = signedWide(bytes, at: index &* width, width) &<< up
                }
            }
        }
        return IntervalSums(wide: wide)
    }

    /// How many zero bytes the sums of a block end with, and how many others each has.
    private static func widths(from reader: inout SummaryReader) throws(CodecError) -> (zeros: Int, width: Int) {
        let (zeros, width) = (Int(try reader.u8()), Int(try reader.u8()))
        guard zeros + width <= 16 else { throw .invalid("a number of more than 128 bits") }
        return (zeros, width)
    }

    /// A number of one to sixteen bytes from a position.
    private static func signedWide(_ bytes: Span<UInt8>, at position: Int, _ width: Int) -> Int128 {
        guard width > 8 else { return Int128(truncatingIfNeeded: signed(bytes, at: position, width)) }
        let low = UInt64(bitPattern: signed(bytes, at: position, 8))
        let high = signed(bytes, at: position &+ 8, width &- 8)
        return Int128(truncatingIfNeeded: high) &<< 64 | Int128(truncatingIfNeeded: low)
    }

    /// A number of one to eight bytes from a position.
    @inline(__always)
    private static func signed(_ bytes: Span<UInt8>, at position: Int, _ width: Int) -> Int64 {
        let shift = Int64(64 &- 8 &* width)
        if position &+ 8 <= bytes.count {
            // The bytes behind the number are shifted out.
            return (Int64(bitPattern: SummaryReader.word(bytes, at: position)) &<< shift) &>> shift
        }
        var word: UInt64 = 0
        for offset in 0..<width { word |= UInt64(bytes[position &+ offset]) &<< UInt64(8 &* offset) }
        return (Int64(bitPattern: word) &<< shift) &>> shift
    }
}
