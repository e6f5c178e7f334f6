import Statistics

/// What a reference froze of one embedding: the mean and the spread of every dimension.
///
/// The four random directions are `1/sqrt(d) * sum(sign * (x - mean) / std)` over the dimensions, a dimension that does not vary
/// in the reference being left out; see `RandomSigns`.
package struct EmbeddingProjection: Hashable, Sendable {
    /// The mean of every dimension.
    package let centroid: [Double]

    /// The standard deviation of every dimension with ddof 0; 0 where it does not vary.
    package let deviations: [Double]

    private let length: Double
    private let centers: [SIMD8<Double>]
    /// The weights of the four directions, lane after lane.
    private let weights: [SIMD8<Double>]

    init(name: ByteText, centroid: [Double], deviations: [Double]) {
        self.centroid = centroid
        self.deviations = deviations
        length = centroid.reduce(0) { $0 + $1 * $1 }.squareRoot()
        centers = Self.lanes(centroid)
        var signs = RandomSigns(name: name, dimension: centroid.count)
        var rows = Array(repeating: [Double](), count: 4)
        let root = Double(centroid.count).squareRoot()
        for deviation in deviations {
            let sign = signs.next()
            for row in rows.indices { rows[row].append(deviation > 0 ? sign[row] / (deviation * root) : 0) }
        }
        let directions = rows.map(Self.lanes)
        weights = directions[0].indices.flatMap { index in directions.map { $0[index] } }
    }

    /// What the vectors of a reference decide; nil where there are none, or where a mean cannot be had.
    init?(fitting column: EmbeddingColumn, name: ByteText) {
        var greatest: Float = 0
        for place in column.places where place >= 0 {
            let start = Int(place) * column.stride
            for lane in column.lanes[start..<start + column.stride] {
                greatest = max(greatest, lane.max(), (0 - lane).max())
            }
        }
        let scale = FixedPointScale(largestMagnitude: Double(greatest))
        var moments = Array(repeating: Moments(scale: scale), count: column.dimension)
        for place in column.places where place >= 0 {
            let start = Int(place) * column.stride
            for index in moments.indices { moments[index].fold(Double(column.lanes[start + index / 8][index & 7])) }
        }
        let (means, deviations) = (moments.compactMap(\.mean), moments.compactMap(\.std))
        guard means.count == column.dimension, deviations.count == column.dimension else { return nil }
        self.init(name: name, centroid: means, deviations: deviations)
    }

    private static func lanes(_ values: [Double]) -> [SIMD8<Double>] {
        var lanes = Array(repeating: SIMD8<Double>(), count: (values.count + 7) / 8)
        for (index, value) in values.enumerated() { lanes[index / 8][index & 7] = value }
        return lanes
    }

    /// The columns of `Derivation.ofEmbedding`, NaN where a row has no vector.
    ///
    /// - Complexity: O(rows x dimension).
    func columns(of column: EmbeddingColumn) -> [[Double]] {
        var columns = Array(repeating: [Double](repeating: .nan, count: column.places.count), count: 7)
        for (row, place) in column.places.enumerated() where place >= 0 {
            let sums = sums(column.lanes.span.extracting(Int(place) * centers.count..<(Int(place) + 1) * centers.count))
            let norm = sums.squares.squareRoot()
            columns[0][row] = sums.distance.squareRoot()
            if norm > 0, length > 0 { columns[1][row] = min(max(1 - sums.product / (norm * length), 0), 2) }
            columns[2][row] = norm
            for index in 0..<4 { columns[3 + index][row] = sums.directions[index] }
        }
        return columns
    }

    private struct Sums {
        var squares = 0.0
        var distance = 0.0
        var product = 0.0
        var directions = SIMD4<Double>()
    }

    /// Eight sums side by side, added up in the order of their lanes at the end: the same bits on every machine.
    private func sums(_ vector: Span<SIMD8<Float>>) -> Sums {
        var (squares, distance, product) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
        var (first, second, third, fourth) = (SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>(), SIMD8<Double>())
        let centers = centers.span
        let weights = weights.span
        for index in vector.indices {
            let value = SIMD8<Double>(vector[index])
            let away = value - centers[index]
            squares += value * value
            distance += away * away
            product += value * centers[index]
            first += away * weights[4 &* index]
            second += away * weights[4 &* index &+ 1]
            third += away * weights[4 &* index &+ 2]
            fourth += away * weights[4 &* index &+ 3]
        }
        return Sums(
            squares: squares.sum(), distance: distance.sum(), product: product.sum(),
            directions: SIMD4(first.sum(), second.sum(), third.sum(), fourth.sum()))
    }

    /// The length of each row's vector, which needs no reference; NaN where a row has none.
    static func norms(of column: EmbeddingColumn) -> [Double] {
        let zero = Self(
            name: "", centroid: Array(repeating: 0, count: column.dimension),
            deviations: Array(repeating: 0, count: column.dimension))
        return zero.columns(of: column)[2]
    }

    func write(to writer: inout SummaryWriter) {
        writer.write(doubles: centroid)
        writer.write(doubles: deviations)
    }

    init(from reader: inout SummaryReader, name: ByteText) throws(CodecError) {
        let centroid = try reader.finiteDoubles()
        let deviations = try reader.finiteDoubles(centroid.count)
        guard (1...EmbeddingColumn.mostDimensions).contains(centroid.count), deviations.allSatisfy({ $0 >= 0 }) else {
            throw .invalid("a projection of an embedding")
        }
        self.init(name: name, centroid: centroid, deviations: deviations)
    }
}

extension SIMD8<Double> {
    /// The sum of the lanes in their order.
    func sum() -> Double {
        var total = 0.0
        for index in indices { total += self[index] }
        return total
    }
}
