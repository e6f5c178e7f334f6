/// How many values each open interval and each cut point of a grid holds, in 16 bits each for as long as that is certainly
/// enough, then in 32, then in 64.
///
/// The two counts of an index stand side by side, the interval's first: in the dense form the place of a count is the number of
/// its cell. Which width they have changes no number; adding up is mostly reading memory, and few bits are soon read.
struct CellTallies: Sendable {
    /// The counts while 16 bits are enough.
    private(set) var short: [Int16] = []
    /// The counts while 32 bits are enough.
    private(set) var narrow: [Int32] = []
    /// The counts beyond.
    private(set) var wide: [Int] = []
    /// Which of the three arrays they are in; the others are empty.
    private(set) var width = CountWidth.short
    /// No count is larger than this in magnitude, nor is this than the width's `most`; it says nothing of wide ones.
    private var bound = 0
    /// How many values were counted since the bound was the largest magnitude that there is.
    private var counted = 0

    /// So many more values than there need be in a cell may a bound allow for before it is set anew: a pass over all cells for
    /// thousands of values, and four panes of an hour seldom seem too many for 16 bits.
    private static let mostCounted = 4096

    /// No cells.
    init() {}

    /// So many indices at which nothing is counted.
    init(count: Int) {
        short = [Int16](repeating: 0, count: 2 * count)
    }

    /// Counts that exist already.
    init(short: [Int16]) {
        self.short = short
        tighten()
        if bound > width.most { widen(to: .narrow) }
    }

    /// Counts that exist already.
    init(narrow: [Int32]) {
        self.narrow = narrow
        width = .narrow
        tighten()
        if bound > width.most { widen(to: .wide) }
    }

    /// Counts that exist already.
    init(wide: [Int]) {
        self.wide = wide
        width = .wide
    }

    /// What is counted at an index.
    @inline(__always)
    subscript(index: Int) -> (open: Int, point: Int) {
        switch width {
        case .short: Self.pair(short, index)
        case .narrow: Self.pair(narrow, index)
        case .wide: (wide[2 &* index], wide[2 &* index &+ 1])
        }
    }

    @inline(__always)
    private static func pair<Count: FixedWidthInteger>(_ counts: [Count], _ index: Int) -> (open: Int, point: Int) {
        (Int(truncatingIfNeeded: counts[2 &* index]), Int(truncatingIfNeeded: counts[2 &* index &+ 1]))
    }

    mutating func reserveCapacity(_ count: Int) {
        switch width {
        case .short: short.reserveCapacity(2 * count)
        case .narrow: narrow.reserveCapacity(2 * count)
        case .wide: wide.reserveCapacity(2 * count)
        }
    }

    /// Appends an index.
    mutating func append(_ open: Int, _ point: Int) {
        admit(open, point)
        switch width {
        case .short:
            short.append(Int16(truncatingIfNeeded: open))
            short.append(Int16(truncatingIfNeeded: point))
        case .narrow:
            narrow.append(Int32(truncatingIfNeeded: open))
            narrow.append(Int32(truncatingIfNeeded: point))
        case .wide:
            wide.append(open)
            wide.append(point)
        }
    }

    /// Sets what is counted at an index.
    mutating func set(_ index: Int, _ open: Int, _ point: Int) {
        admit(open, point)
        switch width {
        case .short:
            short[2 &* index] = Int16(truncatingIfNeeded: open)
            short[2 &* index &+ 1] = Int16(truncatingIfNeeded: point)
        case .narrow:
            narrow[2 &* index] = Int32(truncatingIfNeeded: open)
            narrow[2 &* index &+ 1] = Int32(truncatingIfNeeded: point)
        case .wide:
            wide[2 &* index] = open
            wide[2 &* index &+ 1] = point
        }
    }

    /// Adds the counts at as many indices.
    mutating func add(_ other: CellTallies) {
        makeRoom(for: other)
        addInPlace(other)
    }

    /// Adds the counts of four at once, which reads and writes these only once.
    @inline(__always)
    mutating func add(_ one: CellTallies, _ two: CellTallies, _ three: CellTallies, _ four: CellTallies) {
        let widest = max(max(one.width, two.width), max(three.width, four.width))
        let isOneWidth = widest == min(min(one.width, two.width), min(three.width, four.width))
        let change = one.bound + two.bound + three.bound + four.bound
        if widest == .wide { widen(to: .wide) } else { makeRoom(for: change) }
        switch (width, widest) {
        case (.short, .short): IntegerColumns.add(one.short, two.short, three.short, four.short, to: &short)
        case (.narrow, .short) where change <= widest.most:
            IntegerColumns.add(one.short, two.short, three.short, four.short, to: &narrow)
        case (.narrow, .narrow) where isOneWidth:
            IntegerColumns.add(one.narrow, two.narrow, three.narrow, four.narrow, to: &narrow)
        default:
            for other in [one, two, three, four] { addInPlace(other) }
        }
    }

    /// Takes away the counts at as many indices.
    mutating func subtract(_ other: CellTallies) {
        makeRoom(for: other)
        switch width {
        case .short: other.subtract(from: &short)
        case .narrow: other.subtract(from: &narrow)
        case .wide: other.subtract(from: &wide)
        }
    }

    /// Adds counts at some indices, or takes them away.
    mutating func add(_ other: CellTallies, at indices: [Int32], isNegative: Bool) {
        makeRoom(for: other)
        for (position, index) in indices.enumerated() {
            let (open, point) = other[position]
            let place = 2 &* Int(index)
            switch width {
            case .short: Self.change(&short, at: place, open, point, isNegative)
            case .narrow: Self.change(&narrow, at: place, open, point, isNegative)
            case .wide: Self.change(&wide, at: place, open, point, isNegative)
            }
        }
    }

    @inline(__always)
    private static func change<Count: FixedWidthInteger>(
        _ counts: inout [Count], at place: Int, _ open: Int, _ point: Int, _ isNegative: Bool
    ) {
        counts[place] &+= Count(truncatingIfNeeded: isNegative ? 0 &- open : open)
        counts[place &+ 1] &+= Count(truncatingIfNeeded: isNegative ? 0 &- point : point)
    }

    /// Counts the first values of a column, whose sums go into `sums`.
    mutating func fold(_ column: FoldColumn, _ filled: Int, sums: inout IntervalSums, moments: inout Moments) {
        makeRoom(for: filled)
        counted += filled
        if counted > Self.mostCounted {
            tighten()
            bound += filled
        }
        switch width {
        case .short: sums.fold(column, filled, counts: &short, moments: &moments)
        case .narrow: sums.fold(column, filled, counts: &narrow, moments: &moments)
        case .wide: sums.fold(column, filled, counts: &wide, moments: &moments)
        }
    }

    private mutating func addInPlace(_ other: CellTallies) {
        switch width {
        case .short: other.add(to: &short)
        case .narrow: other.add(to: &narrow)
        case .wide: other.add(to: &wide)
        }
    }

    @inline(__always)
    private func add<Count: FixedWidthInteger>(to counts: inout [Count]) {
        switch width {
        case .short: IntegerColumns.add(short, to: &counts)
        case .narrow: IntegerColumns.add(narrow, to: &counts)
        case .wide: IntegerColumns.add(wide, to: &counts)
        }
    }

    @inline(__always)
    private func subtract<Count: FixedWidthInteger>(from counts: inout [Count]) {
        switch width {
        case .short: IntegerColumns.subtract(short, from: &counts)
        case .narrow: IntegerColumns.subtract(narrow, from: &counts)
        case .wide: IntegerColumns.subtract(wide, from: &counts)
        }
    }

    /// Makes sure that these counts can be kept.
    private mutating func admit(_ open: Int, _ point: Int) {
        guard width != .wide else { return }
        let greatest = max(open.magnitude, point.magnitude)
        if greatest > UInt(width.most) { widen(to: CountWidth(holding: greatest)) }
        if width != .wide { bound = max(bound, Int(greatest)) }
    }

    @inline(__always)
    private mutating func makeRoom(for other: CellTallies) {
        if other.width == .wide { widen(to: .wide) } else { makeRoom(for: other.bound) }
    }

    /// Makes sure that every count may change by so much, which is below 2^33.
    private mutating func makeRoom(for change: Int) {
        guard width != .wide else { return }
        if bound > width.most - change {
            // The bound only grows; what is counted may have become less.
            tighten()
            if bound > width.most - change { widen(to: CountWidth(holding: UInt(bound + change))) }
        }
        bound += change
    }

    /// Sets the bound to the largest magnitude that there is.
    private mutating func tighten() {
        counted = 0
        switch width {
        case .short: bound = IntegerColumns.greatest(of: short)
        case .narrow: bound = IntegerColumns.greatest(of: narrow)
        case .wide: break
        }
    }

    private mutating func widen(to new: CountWidth) {
        guard width < new else { return }
        if new == .narrow {
            narrow = short.map { Int32(truncatingIfNeeded: $0) }
        } else {
            wide = width == .short ? short.map { Int($0) } : narrow.map { Int($0) }
            narrow = []
        }
        short = []
        width = new
    }
}
