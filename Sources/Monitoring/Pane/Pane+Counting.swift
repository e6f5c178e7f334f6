import Statistics

extension Pane {
    /// Counts elements as often as told, those below once not at all.
    ///
    /// A count for every binary digit of the multiplicities, from the highest on; between them everything doubles. So it is
    /// exact for whatever adds up, and costs the same for one weight and for a thousand different ones.
    init<Element>(
        counting elements: [Element], times: (Element) -> Int, _ count: ([Element], inout Pane) -> Void
    ) {
        self.init()
        let counted = elements.map { (element: $0, times: times($0)) }.filter { $0.times > 0 }
        let greatest = counted.reduce(0) { max($0, $1.times) }
        var digit = Int.bitWidth - greatest.leadingZeroBitCount - 1
        while digit >= 0 {
            let half = self
            merge(half)
            let chosen = counted.filter { $0.times >> digit & 1 == 1 }.map(\.element)
            if !chosen.isEmpty { count(chosen, &self) }
            digit -= 1
        }
        // What cannot be subtracted is told of rows; here it would depend on how rows were split.
        for place in numeric.indices {
            numeric.values[place].extremes = Extremes()
            numeric.values[place].forgetDistinct()
        }
        contents = DistinctSketch(.rows)
        newestEvent = nil
    }
}

extension MergeableSummary {
    /// The summary of every row as often as told, at least once.
    func repeated(_ times: Int) -> Self {
        precondition(times > 0, "a summary is repeated once or more")
        var sum = self
        var digit = Int.bitWidth - times.leadingZeroBitCount - 2
        while digit >= 0 {
            let half = sum
            sum.merge(half)
            if times >> digit & 1 == 1 { sum.merge(self) }
            digit -= 1
        }
        return sum
    }
}

extension RowWeight {
    /// How many units more than a row it counts; below 0 for less.
    var excess: Int { Int(units) - Self.unit }

    /// How much more its square is than that of a row, in squared units.
    var squareExcess: Int128 { Int128(units) * Int128(units) - Int128(Self.unit * Self.unit) }
}

extension ColumnLayout {
    /// The columns that are null in a row.
    func nullColumns(of batch: PredictionBatch, row: Int) -> [ColumnName] {
        var names: [ColumnName] = []
        for column in numeric where batch.defines(column.source) {
            let values = batch.values(of: column.source)
            if values.isEmpty || values[row].isNaN { names.append(column.name) }
        }
        for column in categorical where batch.values(of: column.source)?[row] == nil { names.append(column.name) }
        return names
    }
}
