/// The spelling of host names in ASCII (RFC 1123, with underscores as they occur in container networks).
package enum HostName {
    /// Whether a lower-case text is a host name: labels of 1...63 letters, digits, `-` and `_`, 253 bytes in all.
    package static func isValid(_ name: String) -> Bool {
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return name.utf8.count <= 253 && labels.allSatisfy { isLabel($0) }
    }

    /// Whether a resolver might read the name as a number: its last label is decimal or starts with `0x`.
    package static func looksNumeric(_ name: String) -> Bool {
        guard let last = name.utf8.split(separator: UInt8(ascii: ".")).last else { return false }
        return last.allSatisfy { (0x30...0x39).contains($0) } || last.starts(with: "0x".utf8)
    }

    /// Whether a byte is a hexadecimal digit.
    package static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-")
        else { return false }
        return label.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
