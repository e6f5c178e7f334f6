/// Everything that is counted of one categorical column in one stretch of event time.
///
/// Categories of the reference and further ones up to a cap have a count each; the rest share 1,024 hash cells. The
/// content is canonical: a name or cell whose count is 0 does not exist.
package struct CategoricalSummary: MergeableSummary {
    /// How many values were not null.
    package private(set) var count = 0
    /// How many values were null, whatever the reason.
    package private(set) var missing = 0
    /// How many of the nulls stand for a value of another type.
    package private(set) var typeErrors = 0
    /// The counts of the categories that have a name.
    package private(set) var named: [ByteText: Int] = [:]
    /// The counts of all others, by the cell of their hash.
    package private(set) var hashed: [Int: Int] = [:]

    /// Nothing counted yet.
    package init() {}

    init(count: Int, missing: Int, typeErrors: Int, named: [ByteText: Int], hashed: [Int: Int]) {
        self.count = count
        self.missing = missing
        self.typeErrors = typeErrors
        self.named = named
        self.hashed = hashed
    }

    package var isEmpty: Bool {
        count == 0 && missing == 0 && typeErrors == 0 && named.isEmpty && hashed.isEmpty
    }

    /// Counts a column or some of its rows. O(rows + distinct values).
    ///
    /// - Parameters:
    ///   - codes: for every row the index of its value, -1 for null.
    ///   - values: the values of this batch.
    ///   - rows: which rows to take, nil for all of them.
    ///   - typeErrors: how many of these rows are null because their value had another type.
    ///   - isNamed: whether a category has a count of its own; asked once for each value that occurs.
    package mutating func fold(
        codes: Span<Int32>, values: [ByteText], rows: Span<Int32>? = nil, typeErrors: Int = 0,
        isNamed: (ByteText) -> Bool
    ) {
        var counts = [Int](repeating: 0, count: values.count)
        var nulls = 0
        let total = rows?.count ?? codes.count
        for position in 0..<total {
            var row = position
            if let rows { row = Int(rows[position]) }
            let code = Int(codes[row])
            if code >= 0 { counts[code] &+= 1 } else { nulls &+= 1 }
        }
        missing &+= nulls
        self.typeErrors &+= typeErrors
        for code in values.indices where counts[code] > 0 {
            count &+= counts[code]
            add(counts[code], of: values[code], isNamed: isNamed(values[code]))
        }
    }

    private mutating func add(_ number: Int, of name: ByteText, isNamed: Bool) {
        if isNamed {
            named.add(number, for: name)
        } else {
            hashed.add(number, for: CategoryHash.cell(of: name))
        }
    }

    package mutating func merge(_ other: CategoricalSummary) {
        count &+= other.count
        missing &+= other.missing
        typeErrors &+= other.typeErrors
        for (name, number) in other.named { named.add(number, for: name) }
        for (cell, number) in other.hashed { hashed.add(number, for: cell) }
    }

    package mutating func subtract(_ other: CategoricalSummary) {
        count &-= other.count
        missing &-= other.missing
        typeErrors &-= other.typeErrors
        for (name, number) in other.named { named.add(0 &- number, for: name) }
        for (cell, number) in other.hashed { hashed.add(0 &- number, for: cell) }
    }

    /// How many distinct categories there are: exactly by name, by linear counting over hash cells beyond.
    ///
    /// Nil where every hash cell is used, so that there may be any number of names in them.
    package var distinctCount: DistinctCount? {
        guard !hashed.isEmpty else { return DistinctCount(value: Double(named.count), errorBound: 0) }
        guard let cells = DistinctCount(occupied: hashed.count, cells: CategoryHash.cellCount) else { return nil }
        let most = hashed.values.reduce(0, &+)
        let held = cells.held(from: Double(hashed.count), to: Double(most))
        return DistinctCount(value: Double(named.count) + held.value, errorBound: held.errorBound)
    }

    /// The same counts with only those names left that still have a count of their own; the others go to their cells.
    ///
    /// Names that were pushed out of `CategoryNames` after they were counted move in this way when a window is read, so
    /// that its values do not depend on when a name was first seen.
    package func projected(onto isNamed: (ByteText) -> Bool) -> CategoricalSummary {
        var result = self
        for (name, number) in named where !isNamed(name) {
            result.named[name] = nil
            result.hashed.add(number, for: CategoryHash.cell(of: name))
        }
        return result
    }
}

extension Dictionary where Value == Int {
    /// Adds to a count; a count that becomes 0 is removed.
    mutating func add(_ number: Int, for key: Key) {
        guard let index = index(forKey: key) else {
            if number != 0 { self[key] = number }
            return
        }
        values[index] &+= number
        if values[index] == 0 { remove(at: index) }
    }
}
