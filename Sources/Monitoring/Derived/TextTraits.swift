import Statistics

/// The simple numbers of a text, in Unicode scalars.
struct TextTraits: Hashable, Sendable {
    private var length = 0
    private var words = 0
    private var digits = 0
    private var uppercase = 0
    private var beyondASCII = 0

    init(_ text: ByteText) {
        var isInWord = false
        for scalar in text.string.unicodeScalars {
            length &+= 1
            let isSpace = scalar.isASCII ? Self.isSpace(scalar.value) : scalar.properties.isWhitespace
            if !isSpace, !isInWord { words &+= 1 }
            isInWord = !isSpace
            if scalar.isASCII {
                if (0x30...0x39).contains(scalar.value) { digits &+= 1 }
                if (0x41...0x5A).contains(scalar.value) { uppercase &+= 1 }
            } else {
                beyondASCII &+= 1
                if scalar.properties.isUppercase { uppercase &+= 1 }
            }
        }
    }

    private static func isSpace(_ value: UInt32) -> Bool {
        value == 0x20 || (0x09...0x0D).contains(value)
    }

    /// The values of `Derivation.ofText`; NaN where a share has no whole.
    var values: [Double] {
        let whole = length > 0 ? Double(length) : .nan
        return [
            Double(length), Double(words), Double(digits) / whole, Double(uppercase) / whole,
            Double(beyondASCII) / whole,
        ]
    }

    /// The columns of `Derivation.ofText`, NaN where a row has no text.
    ///
    /// - Complexity: O(scalars of distinct texts + rows).
    static func columns(of column: CategoricalColumn) -> [[Double]] {
        let traits = column.values.map { Self($0).values }
        return Derivation.ofText.indices.map { index in
            column.codes.map { $0 < 0 ? .nan : traits[Int($0)][index] }
        }
    }
}
