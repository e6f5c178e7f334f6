import Statistics

/// One column of vectors of a batch: 32-bit floats, eight of them side by side, with zeros behind the last.
package struct EmbeddingColumn: Hashable, Sendable {
    /// How many numbers a vector has.
    package let dimension: Int

    /// The place of each row's vector; -1 is null.
    package private(set) var places: [Int32] = []

    /// The vectors one after the other, each of `stride` lanes.
    private(set) var lanes: [SIMD8<Float>] = []

    /// The most numbers of a vector.
    package static let mostDimensions = 4096

    /// A column without rows.
    package init(dimension: Int) {
        self.dimension = max(dimension, 1)
    }

    /// The rows of several columns of the same dimension, one after the other.
    init(joining columns: [EmbeddingColumn]) {
        self.init(dimension: columns.first?.dimension ?? 1)
        for column in columns {
            precondition(column.dimension == dimension, "joined columns have vectors of one length")
            let start = Int32(clamping: lanes.count / stride)
            places += column.places.map { $0 < 0 ? $0 : $0 + start }
            lanes += column.lanes
        }
    }

    /// How many lanes a vector takes.
    var stride: Int { (dimension + 7) / 8 }

    /// Appends a row; nil, or a vector of another length or with a number that is not finite, is null.
    package mutating func append(_ vector: [Float]?) {
        guard let vector, vector.count == dimension, vector.allSatisfy(\.isFinite) else { return places.append(-1) }
        places.append(Int32(clamping: lanes.count / stride))
        var lane = SIMD8<Float>()
        for (index, element) in vector.enumerated() {
            // Adding zero makes minus zero zero.
            lane[index & 7] = element + 0
            guard index & 7 == 7 || index == dimension - 1 else { continue }
            lanes.append(lane)
            lane = SIMD8()
        }
    }

    /// The vector of a row, nil for null and for a row that the column does not have.
    package subscript(row: Int) -> [Float]? {
        guard places.indices.contains(row), places[row] >= 0 else { return nil }
        let start = Int(places[row]) * stride
        return (0..<dimension).map { lanes[start + $0 / 8][$0 & 7] }
    }

    /// A hash of a row's vector, nil for null. O(dimension).
    func contentHash(row: Int) -> UInt64? {
        guard places.indices.contains(row), places[row] >= 0 else { return nil }
        let start = Int(places[row]) * stride
        var hash = ValueHash.start
        for lane in lanes[start..<start + stride] {
            for index in 0..<8 { hash = ValueHash.combined(hash, UInt64(lane[index].bitPattern)) }
        }
        return hash
    }

    /// The same column with only these rows, in this order; all vectors are kept.
    package func selecting(rows: [Int]) -> Self {
        var column = self
        column.places = places.selecting(rows)
        return column
    }
}
