/// A cursor over the bytes of one RFC 3339 date and time.
struct RFC3339Reader<Bytes: Sequence<UInt8>> {
    private var bytes: Bytes.Iterator
    private var next: UInt8?

    init(_ sequence: Bytes) {
        bytes = sequence.makeIterator()
        next = bytes.next()
    }

    /// The instant that all bytes together name, or nil.
    mutating func time() -> Time? {
        guard let days = date(), skip("T", or: "t"), let clock = clock() else { return nil }
        guard let microseconds = fraction(), let offset = offset(), next == nil else { return nil }
        let minutes = days * 1440 + clock.minutes - offset
        // A leap second is inserted before midnight UTC only; any other second 60 is a mistake.
        if clock.seconds == 60, minutes.positiveRemainder(dividingBy: 1440) != 1439 { return nil }
        let time = Time(microseconds: (minutes * 60 + clock.seconds) * 1_000_000 + microseconds)
        return time >= .earliest && time <= .latest ? time : nil
    }

    /// Days since 1970-01-01.
    private mutating func date() -> Int64? {
        guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
            let day = number(digits: 2), let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return date.daysSinceEpoch
    }

    private mutating func clock() -> (minutes: Int64, seconds: Int64)? {
        guard let hour = number(digits: 2), hour <= 23, skip(":"), let minute = number(digits: 2), minute <= 59,
            skip(":"), let second = number(digits: 2), second <= 60
        else { return nil }
        return (hour * 60 + minute, second)
    }

    /// Microseconds of the fraction, 0 without one, nil for a bad one.
    private mutating func fraction() -> Int64? {
        guard next == UInt8(ascii: ".") else { return 0 }
        advance()
        var value: Int64 = 0
        var digits = 0
        while let digit = digit() {
            if digits < 6 { value = value * 10 + digit }
            digits += 1
        }
        guard (1...9).contains(digits) else { return nil }
        while digits < 6 {
            value *= 10
            digits += 1
        }
        return value
    }

    /// Minutes east of UTC.
    private mutating func offset() -> Int64? {
        if skip("Z", or: "z") { return 0 }
        let sign: Int64 = next == UInt8(ascii: "-") ? -1 : 1
        guard skip("+", or: "-"), let hours = number(digits: 2), hours <= 23, skip(":"),
            let minutes = number(digits: 2), minutes <= 59
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func digit() -> Int64? {
        guard let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        advance()
        return Int64(byte - UInt8(ascii: "0"))
    }

    private mutating func skip(_ first: Unicode.Scalar, or second: Unicode.Scalar? = nil) -> Bool {
        guard let byte = next, byte == UInt8(ascii: first) || second.map({ byte == UInt8(ascii: $0) }) == true
        else { return false }
        advance()
        return true
    }

    private mutating func advance() {
        next = bytes.next()
    }
}
