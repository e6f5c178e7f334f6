/// How many values each open interval and each cut point of a grid holds, in 32 bits each for as long as that is certainly
/// enough.
///
/// While narrow, both counts of an index share a word, the cut point's above the interval's, so that one addition adds both.
/// Half the memory of whole words, and adding up is mostly reading memory.
struct CellTallies: Sendable {
    /// The counts while they are narrow: `point * 2^32 + open`, one word an index.
    private(set) var words: [Int64] = []
    /// The counts once they are wide: interval and cut point of one index after the other.
    private(set) var wide: [Int] = []
    private(set) var isWide = false
    /// No narrow count is larger than this in magnitude.
    private var bound = 0

    private static let most = Int(Int32.max)

    /// No cells.
    init() {}

    /// So many indices at which nothing is counted.
    init(count: Int) {
        words = [Int64](repeating: 0, count: count)
    }

    /// Counts that exist already, none larger in magnitude than `bound`, which fits 32 bits.
    init(words: [Int64], bound: Int) {
        self.words = words
        self.bound = bound
    }

    /// Counts that exist already.
    init(wide: [Int]) {
        self.wide = wide
        isWide = true
    }

    /// The interval's count of a word.
    @inline(__always)
    static func open(_ word: Int64) -> Int { Int(Int32(truncatingIfNeeded: word)) }

    /// The cut point's count of a word.
    @inline(__always)
    static func point(_ word: Int64) -> Int {
        Int(truncatingIfNeeded: (word &- Int64(Int32(truncatingIfNeeded: word))) &>> 32)
    }

    /// Both counts as a word.
    @inline(__always)
    static func word(_ open: Int, _ point: Int) -> Int64 {
        Int64(truncatingIfNeeded: point) &<< 32 &+ Int64(truncatingIfNeeded: open)
    }

    /// What is counted at an index.
    @inline(__always)
    subscript(index: Int) -> (open: Int, point: Int) {
        guard isWide else {
            let word = words[index]
            return (Self.open(word), Self.point(word))
        }
        return (wide[2 &* index], wide[2 &* index &+ 1])
    }

    /// All counts as whole words.
    var widened: [Int] {
        isWide ? wide : words.flatMap { [Self.open($0), Self.point($0)] }
    }

    mutating func reserveCapacity(_ count: Int) {
        if isWide { wide.reserveCapacity(2 * count) } else { words.reserveCapacity(count) }
    }

    /// Appends an index.
    mutating func append(_ open: Int, _ point: Int) {
        admit(open, point)
        if isWide {
            wide.append(open)
            wide.append(point)
        } else {
            words.append(Self.word(open, point))
        }
    }

    /// Sets what is counted at an index.
    mutating func set(_ index: Int, _ open: Int, _ point: Int) {
        admit(open, point)
        if isWide {
            wide[2 &* index] = open
            wide[2 &* index &+ 1] = point
        } else {
            words[index] = Self.word(open, point)
        }
    }

    /// Adds the counts at as many indices.
    mutating func add(_ other: CellTallies) {
        makeRoom(for: other)
        if isWide {
            IntegerColumns.add(other.widened, to: &wide)
        } else {
            IntegerColumns.add(other.words, to: &words)
        }
    }

    /// Adds the counts of four at once, which reads and writes these only once.
    @inline(__always)
    mutating func add(_ one: CellTallies, _ two: CellTallies, _ three: CellTallies, _ four: CellTallies) {
        makeRoom(for: one)
        makeRoom(for: two)
        makeRoom(for: three)
        makeRoom(for: four)
        guard !isWide else {
            for other in [one, two, three, four] { IntegerColumns.add(other.widened, to: &wide) }
            return
        }
        IntegerColumns.add(one.words, two.words, three.words, four.words, to: &words)
    }

    /// Takes away the counts at as many indices.
    mutating func subtract(_ other: CellTallies) {
        makeRoom(for: other)
        if isWide {
            IntegerColumns.subtract(other.widened, from: &wide)
        } else {
            IntegerColumns.subtract(other.words, from: &words)
        }
    }

    /// Adds counts at some indices, or takes them away.
    mutating func add(_ other: CellTallies, at indices: [Int32], isNegative: Bool) {
        makeRoom(for: other)
        for (position, index) in indices.enumerated() {
            let (open, point) = other[position]
            if isWide {
                wide[2 &* Int(index)] &+= isNegative ? 0 &- open : open
                wide[2 &* Int(index) &+ 1] &+= isNegative ? 0 &- point : point
            } else {
                let word = Self.word(open, point)
                words[Int(index)] &+= isNegative ? 0 &- word : word
            }
        }
    }

    /// Counts the first values of a column, whose sums go into `sums`.
    mutating func fold(_ column: FoldColumn, _ filled: Int, sums: inout IntervalSums, moments: inout Moments) {
        makeRoom(for: filled)
        if isWide {
            var counts = [Int64](repeating: 0, count: sums.count)
            sums.fold(column, filled, counts: &counts, moments: &moments)
            for cell in column.cells.prefix(filled) { wide[Int(cell)] &+= 1 }
        } else {
            sums.fold(column, filled, counts: &words, moments: &moments)
        }
    }

    /// Makes sure that these counts can be kept.
    private mutating func admit(_ open: Int, _ point: Int) {
        guard !isWide else { return }
        let greatest = max(open.magnitude, point.magnitude)
        if greatest > Self.most { widen() } else { bound = max(bound, Int(greatest)) }
    }

    @inline(__always)
    private mutating func makeRoom(for other: CellTallies) {
        if other.isWide { widen() } else { makeRoom(for: other.bound) }
    }

    /// Makes sure that every count may change by so much.
    private mutating func makeRoom(for change: Int) {
        guard !isWide else { return }
        if change > Self.most || bound > Self.most - change {
            // The bound only grows; what is counted may have become less.
            bound = words.reduce(0) {
                max($0, Int(max(Self.open($1).magnitude, Self.point($1).magnitude)))
            }
            guard change <= Self.most, bound <= Self.most - change else { return widen() }
        }
        bound += change
    }

    private mutating func widen() {
        guard !isWide else { return }
        (wide, words) = (widened, [])
        isWide = true
    }
}
