extension Time {
    /// Reads an RFC 3339 date and time with any offset, or returns nil.
    ///
    /// Strict: four-digit years, `T` and `Z` in either case, an offset that is never left out. A fraction may have 1 to 9 digits,
    /// of which those below the microsecond are cut off. A leap second is the second after it. The instant must lie in the years
    /// 0001 to 9999 in UTC.
    package init?(rfc3339 text: some StringProtocol) {
        self.init(rfc3339Bytes: text.utf8)
    }

    /// Reads an RFC 3339 date and time from UTF-8 bytes, or returns nil.
    package init?(bytes: some Sequence<UInt8>) {
        self.init(rfc3339Bytes: bytes)
    }

    private init?(rfc3339Bytes bytes: some Sequence<UInt8>) {
        var reader = RFC3339Reader(bytes)
        guard let time = reader.time() else { return nil }
        self = time
    }

    /// The time in UTC as RFC 3339: whole seconds without a fraction, else with up to six digits.
    ///
    /// Instants outside the years 0001 to 9999 are written as the nearest end of that range.
    package var rfc3339: String {
        let held = min(max(self, .earliest), .latest).microseconds
        let dayLength: Int64 = 86_400_000_000
        let inDay = held.positiveRemainder(dividingBy: dayLength)
        let date = CivilDate(daysSinceEpoch: (held - inDay) / dayLength)
        let seconds = inDay / 1_000_000
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        Self.append(date.year, digits: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(date.month, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(date.day, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: "T"))
        Self.append(seconds / 3600, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(seconds / 60 % 60, digits: 2, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        Self.append(seconds % 60, digits: 2, to: &bytes)
        Self.appendFraction(inDay % 1_000_000, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func append(_ number: Int64, digits: Int, to bytes: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    private static func appendFraction(_ microseconds: Int64, to bytes: inout [UInt8]) {
        guard microseconds != 0 else { return }
        bytes.append(UInt8(ascii: "."))
        append(microseconds, digits: 6, to: &bytes)
        while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
    }
}

extension Time: CustomStringConvertible {
    /// The RFC 3339 form.
    package var description: String { rfc3339 }
}
