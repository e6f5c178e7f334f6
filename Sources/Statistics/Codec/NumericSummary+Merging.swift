extension NumericSummary {
    /// What of a column does not add up.
    package struct Ends: Sendable {
        /// The least and the greatest value.
        package let extremes: Extremes
        /// The distinct values; none where they were not asked for.
        package let distinct: DistinctSketch
    }

    /// Adds what bytes say that ``write(to:)`` made.
    ///
    /// Few values are added one by one to counts that are spread out, without a summary of their own.
    /// - Parameters:
    ///   - reader: where the summary begins.
    ///   - withDistinct: whether distinct values are read; those of this summary are set by the caller.
    /// - Returns: what the caller keeps by itself.
    /// - Throws: `CodecError`, also for counts over another grid; what is added already stays then.
    package mutating func merge(
        from reader: inout SummaryReader, withDistinct: Bool
    ) throws(CodecError) -> Ends {
        let start = reader
        let (missing, typeErrors, outOfRange) = (try reader.zigzag(), try reader.zigzag(), try reader.zigzag())
        guard reader.version >= 5, try reader.u8() == Self.ofValues, cells.isSpread else {
            reader = start
            return try mergeWhole(from: &reader, withDistinct: withDistinct)
        }
        let pairCount = try reader.count(upTo: RankGrid.mostCutPoints + 1)
        let scale = try FixedPointScale(from: &reader)
        guard pairCount == cells.pairCount, scale == moments.scale else {
            throw .invalid("a column that was counted on another grid")
        }
        var listed = FewValues.Listed()
        try listed.read(over: pairCount, from: &reader)
        let before = moments.unsummed
        try listed.count(on: scale, into: &moments) { index, pair in cells.add(Int(index), pair) }
        cells.count &+= listed.valueCount
        cells.unsummed &+= moments.unsummed &- before
        self.missing &+= missing
        self.typeErrors &+= typeErrors
        self.outOfRange &+= outOfRange
        extremes.merge(listed.extremes)
        guard withDistinct else {
            values = .unknown
            return Ends(extremes: listed.extremes, distinct: DistinctSketch(.column))
        }
        if values.ascending != nil { values.merge(FewValues(ascending: listed.ascending)) }
        return Ends(extremes: listed.extremes, distinct: listed.distinct)
    }

    private mutating func mergeWhole(
        from reader: inout SummaryReader, withDistinct: Bool
    ) throws(CodecError) -> Ends {
        let other = try NumericSummary(from: &reader)
        guard other.cells.pairCount == cells.pairCount, other.moments.scale == moments.scale else {
            throw .invalid("a column that was counted on another grid")
        }
        guard withDistinct else {
            mergeAdditive(other)
            return Ends(extremes: other.extremes, distinct: DistinctSketch(.column))
        }
        merge(other)
        return Ends(extremes: other.extremes, distinct: other.distinct)
    }
}
