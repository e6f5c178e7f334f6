#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

extension JSONScanner {
    /// The place of the first `\u` escape that is half of a surrogate pair without the other half.
    ///
    /// A backslash stands only inside strings, so nothing else of the grammar matters.
    ///
    /// - Complexity: O(bytes).
    static func unpairedSurrogate(in bytes: Span<UInt8>) -> Int? {
        guard var place = firstBackslash(in: bytes) else { return nil }
        while place < bytes.count {
            if bytes[place] != UInt8(ascii: "\\") {
                place += 1
                continue
            }
            guard let unit = codeUnit(at: place, in: bytes) else {
                place += 2
                continue
            }
            switch unit {
            case 0xD800...0xDBFF:
                guard let next = codeUnit(at: place + 6, in: bytes), (0xDC00...0xDFFF).contains(next) else {
                    return place
                }
                place += 12
            case 0xDC00...0xDFFF: return place
            default: place += 6
            }
        }
        return nil
    }

    /// Nearly all documents have none, so this is a question to the C library.
    private static func firstBackslash(in bytes: Span<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, let found = unsafe memchr(start, 0x5C, buffer.count) else {
                return nil
            }
            return unsafe UnsafeRawPointer(found) - start
        }
    }

    /// The place in a valid document of the string or container that a mistake names.
    ///
    /// - Complexity: O(bytes).
    static func place(of mistake: TapeCheck.Mistake, in bytes: Span<UInt8>) -> Int {
        let namesContainer = mistake.kind == .depth || mistake.kind == .tooManyKeys
        var left = namesContainer ? mistake.containers : mistake.strings
        var isInside = false
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\\") where isInside: place += 1
            case UInt8(ascii: "\""):
                isInside.toggle()
                if isInside, !namesContainer {
                    if left == 0 { return place }
                    left -= 1
                }
            case UInt8(ascii: "{") where !isInside && namesContainer,
                UInt8(ascii: "[") where !isInside && namesContainer:
                if left == 0 { return place }
                left -= 1
            default: break
            }
            place += 1
        }
        return bytes.count
    }

    static func hexValue(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    /// The code unit that `\uXXXX` at a place stands for.
    private static func codeUnit(at place: Int, in bytes: Span<UInt8>) -> UInt16? {
        guard place + 6 <= bytes.count, bytes[place] == UInt8(ascii: "\\"), bytes[place + 1] == UInt8(ascii: "u") else {
            return nil
        }
        var unit: UInt16 = 0
        for digit in 2..<6 {
            guard let value = hexValue(bytes[place + digit]) else { return nil }
            unit = unit << 4 | value
        }
        return unit
    }
}
