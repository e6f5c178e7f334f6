import Monitoring

/// The embeddings of a row as the log holds them: for each position how many numbers there are, 0 for null, then these.
enum StoredVectors {
    /// The bytes of a row; nil where the model has no embeddings.
    static func bytes(of batch: PredictionBatch, row: Int) -> [UInt8]? {
        guard !batch.embeddings.isEmpty else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(batch.embeddings.reduce(0) { $0 + 4 * ($1.dimension + 1) })
        for column in batch.embeddings {
            let vector = column[row] ?? []
            append(UInt32(truncatingIfNeeded: vector.count), to: &bytes)
            for element in vector { append(element.bitPattern, to: &bytes) }
        }
        return bytes
    }

    /// The embeddings by position; what is cut off is null.
    static func vectors(of bytes: [UInt8]) -> [[Float]?] {
        var vectors: [[Float]?] = []
        var place = 0
        while let count = word(bytes, at: place).map(Int.init), count <= (bytes.count - place) / 4 - 1 {
            place += 4
            var vector: [Float] = []
            vector.reserveCapacity(count)
            for index in 0..<count {
                if let word = word(bytes, at: place + 4 * index) { vector.append(Float(bitPattern: word)) }
            }
            vectors.append(count == 0 ? nil : vector)
            place += 4 * count
        }
        return vectors
    }

    /// How many rows to read at once, so that their vectors take no more than about 64 MiB.
    static func rows(at schema: ModelSchema, most: Int) -> Int {
        let width = schema.embeddingFeatures.reduce(0) { $0 + ($1.dimension ?? 0) }
        return max(min(most, (16 << 20) / max(width, 1)), 1)
    }

    private static func append(_ word: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(shift))) }
    }

    private static func word(_ bytes: [UInt8], at place: Int) -> UInt32? {
        guard place + 4 <= bytes.count else { return nil }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
    }
}
