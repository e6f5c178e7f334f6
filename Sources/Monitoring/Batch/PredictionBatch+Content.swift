import Statistics

/// The bytes that a prediction's content digest is taken of.
///
/// Two rows of one identity are duplicates exactly if these bytes are equal. Nulls and absent features are the same, so the bytes
/// do not change when a schema grows; minus zero is zero.
extension PredictionBatch {
    /// Appends the canonical bytes of one row: time, features with their positions, outputs, undeclared features.
    ///
    /// - Complexity: O(columns).
    package func contentBytes(row: Int, into bytes: inout [UInt8]) {
        let isArrival = timeIsArrival.indices.contains(row) && timeIsArrival[row]
        Self.append(UInt64(bitPattern: isArrival ? .min : times[row].microseconds), to: &bytes)
        for (position, column) in numeric.enumerated() {
            append(number: column, row: row, tag: .numericFeature, position: position, to: &bytes)
        }
        for (position, column) in categorical.enumerated() {
            append(text: column[row], tag: .categoricalFeature, position: position, to: &bytes)
        }
        for (position, column) in embeddings.enumerated() {
            guard let vector = column[row] else { continue }
            Self.append(.embedding, position, to: &bytes)
            Self.append(UInt64(vector.count), to: &bytes)
            for element in vector { Self.append(element.bitPattern, to: &bytes) }
        }
        append(number: scores, row: row, tag: .score, position: 0, to: &bytes)
        append(number: numberPredictions, row: row, tag: .numberPrediction, position: 0, to: &bytes)
        append(text: classPredictions[row], tag: .classPrediction, position: 0, to: &bytes)
        append(json: classScores, row: row, tag: .classScores, to: &bytes)
        append(json: extras, row: row, tag: .extras, to: &bytes)
        append(weight(row: row), to: &bytes)
        for (position, rows) in typeErrors.enumerated() where !rows.isEmpty {
            guard rows.containsSorted(Int32(clamping: row)) else { continue }
            if position < numeric.count {
                Self.append(.numericTypeError, position, to: &bytes)
            } else if position < numeric.count + categorical.count {
                Self.append(.categoricalTypeError, position - numeric.count, to: &bytes)
            } else {
                Self.append(.embeddingTypeError, position - numeric.count - categorical.count, to: &bytes)
            }
        }
    }

    private enum Tag: UInt8 {
        case numericFeature = 1
        case categoricalFeature = 2
        case score = 3
        case numberPrediction = 4
        case classPrediction = 5
        case classScores = 6
        case extras = 7
        case numericTypeError = 8
        case categoricalTypeError = 9
        case weight = 10
        case embedding = 14
        case embeddingTypeError = 15
    }

    private func append(number column: [Double], row: Int, tag: Tag, position: Int, to bytes: inout [UInt8]) {
        guard column.indices.contains(row), !column[row].isNaN else { return }
        Self.append(tag, position, to: &bytes)
        Self.append(column[row] == 0 ? 0 : column[row].bitPattern, to: &bytes)
    }

    /// A weight of 1 is the same as none, so that it makes no difference whether a client states it.
    private func append(_ weight: RowWeight, to bytes: inout [UInt8]) {
        guard !weight.isOne else { return }
        Self.append(.weight, 0, to: &bytes)
        Self.append(UInt64(weight.units.magnitude), to: &bytes)
    }

    private func append(text: ByteText?, tag: Tag, position: Int, to bytes: inout [UInt8]) {
        guard let text else { return }
        Self.append(tag, position, to: &bytes)
        Self.append(text.string, to: &bytes)
    }

    private func append(json column: [String?], row: Int, tag: Tag, to bytes: inout [UInt8]) {
        guard column.indices.contains(row), let text = column[row] else { return }
        Self.append(tag, 0, to: &bytes)
        Self.append(text, to: &bytes)
    }

    /// Appends what follows: kind and position in one number, seven bits a byte.
    private static func append(_ tag: Tag, _ position: Int, to bytes: inout [UInt8]) {
        var rest = UInt64(truncatingIfNeeded: position) << 4 | UInt64(tag.rawValue)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}

extension [Int32] {
    /// Whether an ascending array holds the value.
    ///
    /// - Complexity: O(log count).
    func containsSorted(_ value: Int32) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == value
    }
}
