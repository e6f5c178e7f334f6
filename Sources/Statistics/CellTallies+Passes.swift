/// Passes over all counts, which look at their width once.
extension CellTallies {
    /// So many counts, two for an index, are looked at together.
    private static let block = 64

    /// How many places from the first on hold at least half of so many values, and how many values these hold; nil where all places
    /// hold fewer.
    func half(of count: Int) -> (held: Int, end: Int)? {
        switch width {
        case .short: Self.half(short, of: count)
        case .narrow: Self.half(narrow, of: count)
        case .wide: Self.half(wide, of: count)
        }
    }

    @inline(__always)
    private static func half<Count: FixedWidthInteger>(_ counts: [Count], of count: Int) -> (held: Int, end: Int)? {
        let counts = counts.span
        var (held, place) = (0, 0)
        // Blocks first, of which each is nothing but additions.
        while place &+ block <= counts.count {
            let numbers = counts.extracting(place..<place &+ block)
            var more = held
            for index in 0..<block { more &+= Int(truncatingIfNeeded: numbers[index]) }
            guard more &+ more < count else { break }
            held = more
            place &+= block
        }
        while held &+ held < count {
            guard place < counts.count else { return nil }
            held &+= Int(truncatingIfNeeded: counts[place]) &+ Int(truncatingIfNeeded: counts[place &+ 1])
            place &+= 2
        }
        return (held, place / 2)
    }

    /// Calls the body with every place below an end at whose cut point something is counted, and with how much.
    @inline(__always)
    func forEachPoint(upTo end: Int, _ body: (Int, Int) -> Void) {
        switch width {
        case .short: Self.forEachPoint(short, upTo: end, body)
        case .narrow: Self.forEachPoint(narrow, upTo: end, body)
        case .wide: Self.forEachPoint(wide, upTo: end, body)
        }
    }

    @inline(__always)
    private static func forEachPoint<Count: FixedWidthInteger>(
        _ counts: [Count], upTo end: Int, _ body: (Int, Int) -> Void
    ) {
        let counts = counts.span
        for place in 0..<end {
            let point = counts[2 &* place &+ 1]
            if point != 0 { body(place, Int(truncatingIfNeeded: point)) }
        }
    }

    /// How many values lie below each place, and how many there are.
    var ranks: (below: [Int], count: Int) {
        switch width {
        case .short: Self.ranks(short)
        case .narrow: Self.ranks(narrow)
        case .wide: Self.ranks(wide)
        }
    }

    @inline(__always)
    private static func ranks<Count: FixedWidthInteger>(_ counts: [Count]) -> (below: [Int], count: Int) {
        var ranks = [Int](repeating: 0, count: counts.count / 2)
        let counts = counts.span
        var target = ranks.mutableSpan
        var below = 0
        for place in 0..<target.count {
            target[place] = below
            below &+= Int(truncatingIfNeeded: counts[2 &* place]) &+ Int(truncatingIfNeeded: counts[2 &* place &+ 1])
        }
        return (ranks, below)
    }

    /// How many distinct values there are at least and at most: a cut point holds one, an open interval at least one and at most as
    /// many as it has rows.
    var distinctRange: (least: Int, most: Int) {
        switch width {
        case .short: Self.distinctRange(short)
        case .narrow: Self.distinctRange(narrow)
        case .wide: Self.distinctRange(wide)
        }
    }

    @inline(__always)
    private static func distinctRange<Count: FixedWidthInteger>(_ counts: [Count]) -> (least: Int, most: Int) {
        let counts = counts.span
        var (least, most) = (0, 0)
        for place in 0..<counts.count / 2 {
            let (open, point) = (counts[2 &* place], counts[2 &* place &+ 1])
            let distinct = point > 0 ? 1 : 0
            least &+= distinct &+ (open > 0 ? 1 : 0)
            most &+= distinct &+ Int(truncatingIfNeeded: open)
        }
        return (least, most)
    }
}
