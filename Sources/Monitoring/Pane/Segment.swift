package import Statistics

/// A slice by feature values, such as `country=DE,device=ios`.
package struct Segment: Hashable, Sendable {
    /// One feature and its value.
    package struct Part: Hashable, Sendable {
        /// The feature's name.
        package let feature: ByteText

        /// The value that the rows of the segment have.
        package let value: ByteText

        /// A feature with a value.
        package init(feature: ByteText, value: ByteText) {
            self.feature = feature
            self.value = value
        }
    }

    /// The features in the order in which the model declares the combination.
    package let parts: [Part]

    /// A segment of one or more parts.
    package init(parts: [Part]) {
        self.parts = parts
    }

    /// Reads the text form, or returns nil where a part has no `=` or a percent sign no two hexadecimal digits.
    package init?(text: String) {
        var parts: [Part] = []
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let sides = part.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
            guard sides.count == 2, let feature = Self.unescaped(sides[0]), let value = Self.unescaped(sides[1])
            else { return nil }
            parts.append(Part(feature: feature, value: value))
        }
        self.parts = parts
    }

    /// The text form: `,`, `=` and `%` inside names and values as `%2C`, `%3D` and `%25`.
    package var text: ByteText {
        var bytes: [UInt8] = []
        for part in parts {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
            Self.append(part.feature, to: &bytes)
            bytes.append(UInt8(ascii: "="))
            Self.append(part.value, to: &bytes)
        }
        return ByteText(String(decoding: bytes, as: UTF8.self))
    }

    /// The slice that holds the rows of all segments that came after the most.
    ///
    /// Has no `=` and so is nobody's text form.
    package static let other: ByteText = "other"

    /// The slice that holds the rows of all model versions that came after the most.
    package static let otherVersions: ByteText = "other versions"

    private static func append(_ text: ByteText, to bytes: inout [UInt8]) {
        for byte in text.string.utf8 {
            switch byte {
            case UInt8(ascii: "%"): bytes.append(contentsOf: "%25".utf8)
            case UInt8(ascii: ","): bytes.append(contentsOf: "%2C".utf8)
            case UInt8(ascii: "="): bytes.append(contentsOf: "%3D".utf8)
            default: bytes.append(byte)
            }
        }
    }

    private static func unescaped(_ text: Substring.UTF8View.SubSequence) -> ByteText? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal)
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return ByteText(String(decoding: bytes, as: UTF8.self))
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
