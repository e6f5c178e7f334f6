import Monitoring

/// Reads RFC 3339 times, most of which are of the day of the one before.
struct TimeReader {
    /// The bytes of `YYYY-MM-DD` of the last day, and its first instant.
    private var day: [UInt8] = []
    private var dayStart: Int64 = 0

    /// The instant that the bytes name, or nil.
    mutating func time(_ bytes: Span<UInt8>) -> Time? {
        if let time = timeOfSameDay(bytes) { return time }
        var copy: [UInt8] = []
        for place in 0..<min(bytes.count, 64) { copy.append(bytes[place]) }
        guard bytes.count <= 64, let time = Time(bytes: copy) else { return nil }
        day = Array(copy.prefix(10))
        if let start = Time(bytes: day + Array("T00:00:00Z".utf8)) { dayStart = start.microseconds } else { day = [] }
        return time
    }

    /// `YYYY-MM-DDThh:mm:ssZ` with up to six digits of a fraction; nil for what is to be looked at closely.
    private func timeOfSameDay(_ bytes: Span<UInt8>) -> Time? {
        guard day.count == 10, (20...27).contains(bytes.count), bytes[10] == UInt8(ascii: "T"),
            bytes[bytes.count - 1] == UInt8(ascii: "Z"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
        else { return nil }
        for place in day.indices where day[place] != bytes[place] { return nil }
        guard let hour = Self.number(bytes, 11), let minute = Self.number(bytes, 14),
            let second = Self.number(bytes, 17),
            hour < 24, minute < 60, second < 60, let fraction = Self.fraction(bytes)
        else { return nil }
        return Time(microseconds: dayStart + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction)
    }

    private static func number(_ bytes: Span<UInt8>, _ place: Int) -> Int64? {
        let (tens, ones) = (bytes[place] &- 0x30, bytes[place + 1] &- 0x30)
        return tens > 9 || ones > 9 ? nil : Int64(tens) * 10 + Int64(ones)
    }

    private static func fraction(_ bytes: Span<UInt8>) -> Int64? {
        if bytes.count == 20 { return 0 }
        guard bytes[19] == UInt8(ascii: "."), bytes.count > 21 else { return nil }
        var value: Int64 = 0
        var unit: Int64 = 1_000_000
        for place in 20..<(bytes.count - 1) {
            let digit = bytes[place] &- 0x30
            if digit > 9 { return nil }
            unit /= 10
            value += Int64(digit) * unit
        }
        return value
    }
}
