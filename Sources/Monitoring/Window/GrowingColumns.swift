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
        _ selection: ColumnSelection, sums: consuming ColumnTable<NumericSummary>,
        extremes: consuming [ColumnName: SlidingUnion<Extremes>],
        distinct: consuming [ColumnName: SlidingUnion<DistinctSketch>]
    ) {
        self.selection = selection
        for name in Set(sums.keys).union(extremes.keys).sorted() {
            let place = place(of: name)
            if let ends = extremes.removeValue(forKey: name) { columns[place].ends = ends }
            if let sketches = distinct.removeValue(forKey: name) { columns[place].sketches = sketches }
        }
        while let (name, sum) = sums.popLast() { begin(sum, at: place(of: name)) }
    }

    /// The columns as they are now.
    consuming func end() -> (
        sums: ColumnTable<NumericSummary>, extremes: [ColumnName: SlidingUnion<Extremes>],
        distinct: [ColumnName: SlidingUnion<DistinctSketch>]
    ) {
        var sums = ColumnTable<NumericSummary>()
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
        // As long as panes have the same columns, which they nearly always do, they are added a column at a time.
        var run: [ColumnTable<NumericSummary>] = []
        for held in fresh {
            guard let bytes = held.packed else {
                let pane = held.content
                if let first = run.first, first.keys != pane.numeric.keys { endRun(&run) }
                run.append(pane.numeric)
                body(pane)
                continue
            }
            endRun(&run)
            body(add(bytes))
        }
        endRun(&run)
    }

    /// Adds tables of the same columns, a column at a time, whose counts then stay at hand.
    private mutating func endRun(_ run: inout [ColumnTable<NumericSummary>]) {
        guard let first = run.first else { return }
        for (column, name) in first.keys.enumerated() where selection.contains(name) {
            add(column, of: run, at: place(of: name))
        }
        run = []
    }

    /// Adds a column of tables.
    private mutating func add(_ column: Int, of run: [ColumnTable<NumericSummary>], at place: Int) {
        if !columns[place].isBegun { begin(run[0].values[column].emptied, at: place) }
        var next = 0
        while !selection.distinct, next + 4 <= run.count {
            columns[place].sum?.mergeAdditive(
                column, run[next].values, run[next + 1].values, run[next + 2].values, run[next + 3].values)
            next += 4
        }
        for table in run[next...] { add(table.values[column], to: place) }
        columns[place].ends.push(contentsOf: run.map { NumericSummary.extremes(of: $0.values, at: column) })
        guard selection.distinct else { return }
        for table in run { columns[place].sketches.push(table.values[column].distinct) }
    }

    private mutating func add(_ summary: NumericSummary, to place: Int) {
        if selection.distinct {
            columns[place].sum?.merge(summary)
        } else {
            columns[place].sum?.mergeAdditive(summary)
        }
    }

    /// Begins a column with what was added up.
    private mutating func begin(_ sum: NumericSummary, at place: Int) {
        columns[place].sum = sum
        columns[place].isBegun = true
        columns[place].sum?.spreadOut()
        if !selection.distinct { columns[place].sum?.forgetDistinct() }
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

    /// Adds the column that comes next in the bytes of a pane, nearly always the one after the last.
    private mutating func add(from reader: inout SummaryReader, next: inout Int) throws(CodecError) {
        var place = next
        if place >= columns.count || !reader.skip(columns[place].encodedName) {
            place = self.place(of: try ColumnName(from: &reader))
        }
        next = place + 1
        guard columns[place].isWanted else {
            _ = try reader.summary(NumericSummary.self)
            return
        }
        guard columns[place].isBegun else {
            let summary = try reader.summary(NumericSummary.self)
            begin(summary.emptied, at: place)
            add(summary, to: place)
            columns[place].ends.push(summary.extremes)
            if selection.distinct { columns[place].sketches.push(summary.distinct) }
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
