import Statistics

/// Reads the vector of a CSV field: a JSON array, or numbers with spaces or semicolons between.
enum VectorText {
    /// Why a value is no vector of a feature.
    enum Fault: Error {
        case notAVector
        case wrongDimension
        case beyondFloat

        /// For people.
        var detail: StaticString {
            switch self {
            case .notAVector: .notAVector
            case .wrongDimension: .wrongDimension
            case .beyondFloat: .beyondFloat
            }
        }
    }

    /// The numbers of a field, of which there must be as many as the feature has dimensions.
    static func read(_ field: Span<UInt8>, dimension: Int) -> Result<[Float], Fault> {
        var (place, end) = (skippingSpace(field, 0), field.count)
        while end > place, isSpace(field[end - 1]) { end -= 1 }
        let isArray = place < end && field[place] == UInt8(ascii: "[")
        if isArray {
            guard end - place >= 2, field[end - 1] == UInt8(ascii: "]") else { return .failure(.notAVector) }
            (place, end) = (skippingSpace(field, place + 1), end - 1)
        }
        let separator = UInt8(ascii: isArray ? "," : ";")
        var vector: [Float] = []
        vector.reserveCapacity(dimension)
        while place < end {
            guard vector.count < dimension else { return .failure(.wrongDimension) }
            let start = place
            while place < end, !isSpace(field[place]), field[place] != separator { place += 1 }
            switch DecimalNumber.read(field.extracting(start..<place)) {
            case .none: return .failure(.notAVector)
            case .huge: return .failure(.beyondFloat)
            case .value(let number, _):
                guard Float(number).isFinite else { return .failure(.beyondFloat) }
                vector.append(Float(number))
            }
            place = min(skippingSpace(field, place), end)
            guard place < end else { break }
            if field[place] == separator {
                place = skippingSpace(field, place + 1)
                guard place < end else { return .failure(.notAVector) }
            } else if isArray {
                return .failure(.notAVector)
            }
        }
        return vector.count == dimension ? .success(vector) : .failure(.wrongDimension)
    }

    private static func skippingSpace(_ field: Span<UInt8>, _ start: Int) -> Int {
        var place = start
        while place < field.count, isSpace(field[place]) { place += 1 }
        return place
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}

extension StaticString {
    static var notAVector: StaticString { "not an array of finite numbers" }
    static var wrongDimension: StaticString { "another number of elements than the declared dimension" }
    static var beyondFloat: StaticString { "a number outside the range of a 32-bit float" }
}
