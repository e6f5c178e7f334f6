import Statistics

/// The numeric columns of a window while many panes are added to it.
///
/// Counts are spread out, so that adding a pane costs what it holds; what is held as bytes is added without being made a pane first.
struct GrowingColumns {
    private struct Column {
        let name: ColumnName
        /// The name as it stands in the bytes of a pane.
        let encodedName: [UInt8]
        let isWanted: Bool
        var sum: NumericSummary?
        /// Whether there is a sum; to compare it with nil would copy it.
        var isBegun = false
        var ends: SlidingUnion<Extremes>
        var sketches: SlidingUnion<DistinctSketch>
    }

    private let selection: ColumnSelection
    private var columns: [Column] = []
    private var places: [ColumnName: Int] = [:]

    /// Columns that were added up so far, with what of them cannot be subtracted.
    init(
        _ selection: ColumnSelection, sums: consuming [ColumnName: NumericSummary],
        extremes: consuming [ColumnName: SlidingUnion<Extremes>],
        distinct: consuming [ColumnName: SlidingUnion<DistinctSketch>]
    ) {
        self.selection = selection
        for name in Set(sums.keys).union(extremes.keys).sorted() {
            let place = place(of: name)
            if let ends = extremes.removeValue(forKey: name) { columns[place].ends = ends }
            if let sketches = distinct.removeValue(forKey: name) { columns[place].sketches = sketches }
            guard let sum = sums.removeValue(forKey: name) else { continue }
            begin(sum, at: place)
        }
    }

    /// The columns as they are now.
    consuming func end() -> (
        sums: [ColumnName: NumericSummary], extremes: [ColumnName: SlidingUnion<Extremes>],
        distinct: [ColumnName: SlidingUnion<DistinctSketch>]
    ) {
        var sums: [ColumnName: NumericSummary] = [:]
        var extremes: [ColumnName: SlidingUnion<Extremes>] = [:]
        var distinct: [ColumnName: SlidingUnion<DistinctSketch>] = [:]
        for place in columns.indices {
            let name = columns[place].name
            if columns[place].ends.count > 0 { extremes[name] = columns[place].ends }
            if columns[place].sketches.count > 0 { distinct[name] = columns[place].sketches }
            guard var sum = columns[place].sum.take() else { continue }
            sum.gatherUp()
            sums[name] = sum
        }
        return (sums, extremes, distinct)
    }

    /// Adds the columns of panes, and hands out each of them, which may lack its numeric columns.
    mutating func add(_ fresh: [HeldPane], _ body: (Pane) -> Void) {
        var run: [Pane] = []
        for held in fresh {
            if let bytes = held.packed {
                add(run)
                run = []
                body(add(bytes))
            } else {
                run.append(held.content)
                body(run[run.count - 1])
            }
        }
        add(run)
    }

    /// Adds panes a column at a time, whose counts then stay at hand.
    private mutating func add(_ panes: [Pane]) {
        guard let first = panes.first else { return }
        // Nearly always all panes have the columns of the first.
        let names = first.numeric.keys.filter(selection.contains).sorted()
        var found = [Int](repeating: 0, count: panes.count)
        for name in names { add(name, of: panes, found: &found) }
        guard selection.columns.map({ $0.count > names.count }) ?? true else { return }
        var others: Set<ColumnName> = []
        for (pane, count) in zip(panes, found) where count < pane.numeric.count {
            others.formUnion(pane.numeric.keys.filter { selection.contains($0) && !names.contains($0) })
        }
        for name in others { add(name, of: panes, found: &found) }
    }

    /// Adds a column, and counts for each pane the columns that it had.
    private mutating func add(_ name: ColumnName, of panes: [Pane], found: inout [Int]) {
        let place = place(of: name)
        var number = 0
        while number < panes.count {
            // Read once: a copy counts a dozen references.
            guard let first = panes[number].numeric[name] else {
                number += 1
                continue
            }
            let isWhole = first.isDense && columns[place].isBegun && !selection.distinct
            let count = isWhole && addFour(first, name, of: panes, from: number, at: place) ? 4 : 1
            if count == 1 { add(first, at: place) }
            for next in number..<number + count { found[next] += 1 }
            number += count
        }
    }

    /// Adds a column of four panes at once; false where there are not so many that have it.
    private mutating func addFour(
        _ one: NumericSummary, _ name: ColumnName, of panes: [Pane], from number: Int, at place: Int
    ) -> Bool {
        guard number + 4 <= panes.count, let two = panes[number + 1].numeric[name],
            let three = panes[number + 2].numeric[name], let four = panes[number + 3].numeric[name]
        else { return false }
        columns[place].sum?.mergeAdditive(one, two, three, four)
        columns[place].ends.push(one.extremes)
        columns[place].ends.push(two.extremes)
        columns[place].ends.push(three.extremes)
        columns[place].ends.push(four.extremes)
        return true
    }

    /// Adds a pane as its bytes say, and gives what it has beside numeric columns.
    private mutating func add(_ bytes: [UInt8]) -> Pane {
        var next = 0
        do throws(CodecError) {
            return try Pane(decoding: bytes) { reader throws(CodecError) in
                try add(from: &reader, next: &next)
            }
        } catch {
            preconditionFailure("a pane that was packed in this process can be read: \(error)")
        }
    }

    private mutating func add(_ summary: NumericSummary, at place: Int) {
        if !columns[place].isBegun {
            begin(summary, at: place)
            if !selection.distinct { columns[place].sum?.forgetDistinct() }
        } else if selection.distinct {
            columns[place].sum?.merge(summary)
        } else {
            columns[place].sum?.mergeAdditive(summary)
        }
        columns[place].ends.push(summary.extremes)
        if selection.distinct { columns[place].sketches.push(summary.distinct) }
    }

    private mutating func begin(_ summary: NumericSummary, at place: Int) {
        columns[place].sum = summary
        columns[place].isBegun = true
        columns[place].sum?.spreadOut()
    }

    /// Adds the column that comes next in the bytes of a pane, nearly always the one after the last.
    private mutating func add(from reader: inout SummaryReader, next: inout Int) throws(CodecError) {
        var place = next
        if place >= columns.count || !reader.skip(columns[place].encodedName) {
            place = self.place(of: try ColumnName(from: &reader))
        }
        next = place + 1
        guard columns[place].isWanted, columns[place].isBegun else {
            let summary = try reader.summary(NumericSummary.self)
            if columns[place].isWanted { add(summary, at: place) }
            return
        }
        guard let ends = try columns[place].sum?.merge(from: &reader, withDistinct: selection.distinct) else { return }
        columns[place].ends.push(ends.extremes)
        if selection.distinct { columns[place].sketches.push(ends.distinct) }
    }

    /// Where a column stands, which is added where it is new.
    private mutating func place(of name: ColumnName) -> Int {
        if let place = places[name] { return place }
        var encoded = SummaryWriter()
        name.write(to: &encoded)
        columns.append(
            Column(
                name: name, encodedName: encoded.bytes, isWanted: selection.contains(name),
                ends: SlidingUnion(empty: Extremes()), sketches: SlidingUnion(empty: DistinctSketch(.column))))
        places[name] = columns.count - 1
        return columns.count - 1
    }
}
