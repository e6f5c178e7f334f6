package import Query

/// The identity of an alert: the hash of its labels, equal to Alertmanager's.
///
/// FNV-1a of 64 bits over `name 0xFF value 0xFF` of every label in the byte order of names.
package struct Fingerprint: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The hash.
    package let value: UInt64

    /// A fingerprint that was made before.
    package init(value: UInt64) {
        self.value = value
    }

    /// The fingerprint of a label set; linear in its bytes.
    package init(_ labels: Labels) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ byte: UInt8) {
            hash ^= UInt64(byte)
            hash &*= 0x100_0000_01b3
        }
        for pair in labels.pairs {
            pair.name.utf8.forEach(add)
            add(0xFF)
            pair.value.utf8.forEach(add)
            add(0xFF)
        }
        value = hash
    }

    /// Reads 16 lower-case hexadecimal digits, or returns nil.
    package init?(_ text: String) {
        let isHex = text.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
        guard isHex, text.utf8.count == 16, let value = UInt64(text, radix: 16) else { return nil }
        self.value = value
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.value < right.value
    }

    /// 16 lower-case hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
