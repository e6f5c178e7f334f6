extension DistinctSketch {
    /// Takes in a chunk of a column without nulls and without -0. About 2 ns a value.
    mutating func fold(_ chunk: Span<Double>, seen: inout InlineArray<64, UInt32>) {
        var next = 0
        // Most values of a column of few distinct ones were seen a moment ago.
        while next < chunk.count, registers.isEmpty {
            let hash = UInt32(truncatingIfNeeded: ValueHash.value(of: chunk[next]) >> UInt64(64 - size.hashBits))
            next &+= 1
            let slot = Int(truncatingIfNeeded: hash & 63)
            if seen[slot] == hash, hash != 0 { continue }
            seen[slot] = hash
            insert(truncated: hash)
        }
        guard next < chunk.count else { return }
        let size = size
        var target = registers.mutableSpan
        while next < chunk.count {
            let hash = UInt32(truncatingIfNeeded: ValueHash.value(of: chunk[next]) >> UInt64(64 - size.hashBits))
            let (index, rank) = Self.register(of: hash, size)
            target[index] = Swift.max(target[index], rank)
            next &+= 1
        }
    }
}

extension FoldScratch {
    /// Begins the hashes of the content of so many rows, to which the columns that are folded next add theirs.
    package mutating func beginRows(_ count: Int) {
        rowHashes = [UInt64](repeating: 0, count: count)
    }

    /// Says which column's values are folded next; 0 for one that is no part of a row's content.
    package mutating func beginColumn(multiplier: UInt64) {
        self.multiplier = multiplier
    }

    /// Adds a categorical column to the content of the rows; `codes` are places in `values`, -1 for null.
    package mutating func addRows(codes: Span<Int32>, values: [ByteText], rows: Span<Int32>) {
        guard multiplier != 0, rowHashes.count == rows.count else { return }
        var known = [UInt64?](repeating: nil, count: values.count)
        for position in rows.indices {
            let code = Int(codes[Int(rows[position])])
            guard code >= 0 else { continue }
            let hash = known[code] ?? ValueHash.mixed(CategoryHash.value(of: values[code]))
            known[code] = hash
            rowHashes[position] &+= hash &* multiplier
        }
    }

    /// Adds one value of a column to the content of a row.
    package mutating func addRow(at position: Int, hash: UInt64) {
        guard rowHashes.indices.contains(position) else { return }
        rowHashes[position] &+= ValueHash.mixed(hash) &* multiplier
    }

    /// Takes the content of the rows into a sketch and ends them.
    package mutating func endRows(into sketch: inout DistinctSketch) {
        var hashes = rowHashes.map {
            UInt32(truncatingIfNeeded: ValueHash.mixed($0) >> UInt64(64 - sketch.size.hashBits))
        }
        sketch.insert(truncated: &hashes)
        rowHashes = []
        multiplier = 0
    }

    /// Adds a numeric column to the content of the rows; NaN is null and adds nothing.
    package mutating func addRows(_ column: Span<Double>, rows: Span<Int32>) {
        guard multiplier != 0, rowHashes.count == rows.count else { return }
        let factor = multiplier
        for position in rows.indices {
            let value = column[Int(rows[position])]
            guard value == value else { continue }
            let bits = (value + 0).bitPattern
            // Whole numbers have all their bits at the upper end, where a product alone would lose them.
            rowHashes[position] &+= (bits ^ bits >> 32) &* factor
        }
    }
}
