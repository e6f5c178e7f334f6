/// A name with a value; identity and order are those of the UTF-8 bytes.
package struct Label: Hashable, Comparable, Sendable {
    /// The name, such as `feature`.
    package let name: String
    /// The value, any text.
    package let value: String

    /// A label by name and value.
    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.name.hasSameBytes(as: right.name) && left.value.hasSameBytes(as: right.value)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.byteOrder(to: right) < 0
    }

    /// Negative, zero or positive in the order of names, then of values.
    func byteOrder(to other: Self) -> Int {
        let order = name.byteOrder(to: other.name)
        return order != 0 ? order : value.byteOrder(to: other.value)
    }

    package func hash(into hasher: inout Hasher) {
        name.hashBytes(into: &hasher)
        value.hashBytes(into: &hasher)
    }

    /// Whether a text is a label name as Prometheus 2 accepts it: `[a-zA-Z_][a-zA-Z0-9_]*`.
    package static func isName(_ text: String) -> Bool {
        isIdentifier(text.utf8, allowsColon: false)
    }

    /// Whether a text is a metric name: a label name that may also contain colons.
    package static func isMetricName(_ text: String) -> Bool {
        isIdentifier(text.utf8, allowsColon: true)
    }

    private static func isIdentifier(_ bytes: String.UTF8View, allowsColon: Bool) -> Bool {
        var isFirst = true
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !isFirst: break
            case UInt8(ascii: ":") where allowsColon: break
            default: return false
            }
            isFirst = false
        }
        return !isFirst
    }
}
