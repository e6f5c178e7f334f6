/// Some index pairs of a comparison in ascending order, as columns: what is counted at them, and the gaps between the
/// distribution functions around them.
///
/// Gaps are `n m (F - G)`, reference minus window: integers that are exact as doubles below 2^53, and beyond never off by more
/// than a rounding of `n m`. Behind the last pair come blank ones, at which nothing is counted.
struct CellChunk: ~Copyable {
    /// How many index pairs are worked on side by side.
    static let lanes = 2
    /// How many index pairs fit; a few kilobytes, so that all stays in the nearest cache.
    static let capacity = 64

    /// A number for each of some index pairs side by side.
    typealias Lanes = SIMD2<Double>

    /// How many index pairs there are.
    private(set) var count = 0
    private var indices: [Int]
    /// What is counted in the open cells, of the reference and then of the window.
    private var opens: [Int]
    /// The sums of the open cells, of the reference and then of the window.
    private var sums: [Int128]
    /// Column after column: what is counted in open cells, at cut points, and below, of reference and window each.
    private var numbers: [Double]
    /// How many values of each side lie below the next index pair.
    private var below = (reference: 0, window: 0)

    /// How many values each side has.
    let rows: (reference: Double, window: Double)
    /// The part of its side that one value is.
    let each: (reference: Double, window: Double)
    /// What one of the integers that gaps are is as a difference of shares.
    let step: Double

    /// No pairs yet of two sides with so many values.
    init(_ referenceCount: Int, _ windowCount: Int) {
        let rows = (reference: Double(referenceCount), window: Double(windowCount))
        self.init(
            rows: rows,
            each: (referenceCount == 0 ? 0 : 1 / rows.reference, windowCount == 0 ? 0 : 1 / rows.window))
    }

    private init(rows: (reference: Double, window: Double), each: (reference: Double, window: Double)) {
        (self.rows, self.each) = (rows, each)
        step = each.reference * each.window
        indices = [Int](repeating: 0, count: Self.capacity)
        opens = [Int](repeating: 0, count: 2 * Self.capacity)
        sums = [Int128](repeating: 0, count: 2 * Self.capacity)
        numbers = [Double](repeating: 0, count: 6 * Self.capacity)
    }

    /// How many blocks of index pairs side by side hold something.
    @inline(__always)
    var blockCount: Int { (count &+ (Self.lanes &- 1)) / Self.lanes }

    /// Takes index pairs in ascending order until there is no room or no further one.
    @inline(__always)
    mutating func fill(_ next: () -> (index: Int, reference: CellPair, window: CellPair)?) {
        count = Self.fill(&indices, &opens, &sums, &numbers, &below, next)
    }

    @inline(__always)
    private static func fill(
        _ indices: inout [Int], _ opens: inout [Int], _ sums: inout [Int128], _ numbers: inout [Double],
        _ under: inout (reference: Int, window: Int),
        _ next: () -> (index: Int, reference: CellPair, window: CellPair)?
    ) -> Int {
        var (count, below) = (0, under)
        var indices = indices.mutableSpan
        var opens = opens.mutableSpan
        var sums = sums.mutableSpan
        var numbers = numbers.mutableSpan
        precondition(
            indices.count == capacity && opens.count == 2 * capacity && sums.count == 2 * capacity
                && numbers.count == 6 * capacity,
            "a chunk has room for so many pairs")
        while count < capacity, let (index, reference, window) = next() {
            indices[count] = index
            opens[count] = reference.open
            opens[count &+ capacity] = window.open
            sums[count] = reference.sum
            sums[count &+ capacity] = window.sum
            numbers[count] = Double(reference.open)
            numbers[count &+ capacity] = Double(window.open)
            numbers[count &+ 2 &* capacity] = Double(reference.point)
            numbers[count &+ 3 &* capacity] = Double(window.point)
            numbers[count &+ 4 &* capacity] = Double(below.reference)
            numbers[count &+ 5 &* capacity] = Double(below.window)
            below.reference &+= reference.open &+ reference.point
            below.window &+= window.open &+ window.point
            count &+= 1
        }
        under = below
        return count
    }

    /// Fills the last block with blank pairs behind the last one.
    mutating func pad() {
        let last = count > 0 ? indices[count - 1] : 0
        for place in count..<blockCount * Self.lanes {
            indices[place] = last
            (opens[place], opens[place + Self.capacity]) = (0, 0)
            (sums[place], sums[place + Self.capacity]) = (0, 0)
            for column in 0..<4 { numbers[place + column * Self.capacity] = 0 }
            numbers[place + 4 * Self.capacity] = Double(below.reference)
            numbers[place + 5 * Self.capacity] = Double(below.window)
        }
    }

    /// Where an index pair is.
    @inline(__always)
    func index(_ place: Int) -> Int { indices[place] }

    /// What the reference has in the open cell there, and its sum.
    @inline(__always)
    func reference(_ place: Int) -> (open: Int, sum: Int128) { (opens[place], sums[place]) }

    /// What the window has in the open cell there, and its sum.
    @inline(__always)
    func window(_ place: Int) -> (open: Int, sum: Int128) {
        (opens[place &+ Self.capacity], sums[place &+ Self.capacity])
    }

    /// How many values of each side lie below a cut point, or with it.
    @inline(__always)
    func below(_ place: Int, withPoint: Bool) -> (reference: Double, window: Double) {
        let (reference, window) = (
            below(place).reference + numbers[place], below(place).window + numbers[place &+ Self.capacity]
        )
        guard withPoint else { return (reference, window) }
        return (reference + numbers[place &+ 2 &* Self.capacity], window + numbers[place &+ 3 &* Self.capacity])
    }

    /// One index pair by itself.
    func only(_ place: Int) -> CellChunk {
        var one = CellChunk(rows: rows, each: each)
        one.count = 1
        one.indices[0] = indices[place]
        for side in 0..<2 {
            one.opens[side * Self.capacity] = opens[place + side * Self.capacity]
            one.sums[side * Self.capacity] = sums[place + side * Self.capacity]
        }
        for column in 0..<6 { one.numbers[column * Self.capacity] = numbers[place + column * Self.capacity] }
        let behind = below(place, withPoint: true)
        one.below = (Int(exactly: behind.reference) ?? 0, Int(exactly: behind.window) ?? 0)
        one.pad()
        return one
    }

    /// How many values of each side lie below an index pair.
    @inline(__always)
    func below(_ place: Int) -> (reference: Double, window: Double) {
        (numbers[place &+ 4 &* Self.capacity], numbers[place &+ 5 &* Self.capacity])
    }

    /// Some index pairs side by side.
    @inline(__always)
    subscript(block: Int) -> CellBlock {
        let place = block &* Self.lanes
        return CellBlock(
            reference: (open: lanes(0, place), point: lanes(2, place)),
            window: (open: lanes(1, place), point: lanes(3, place)), below: (lanes(4, place), lanes(5, place)),
            rows: rows)
    }

    @inline(__always)
    private func lanes(_ column: Int, _ place: Int) -> Lanes {
        let start = column &* Self.capacity &+ place
        let values = numbers.span.extracting(start..<start &+ 2)
        return Lanes(values[0], values[1])
    }
}
