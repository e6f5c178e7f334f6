package import Statistics

/// Bytes of a record: compact, because there is one for every id.
///
/// A version byte, a byte of flags, the predictions, the labels; numbers as in `SummaryWriter`. There is no check value: the
/// bytes lie in one row that the database checks.
extension IdentityRecord {
    /// The format that is written. Those before are read as well: 1 without weights and class scores, 2 without the squares of
    /// class scores that are not kept.
    private static let format: UInt8 = 3

    /// The record as bytes; equal records have equal bytes.
    package func encoded() -> [UInt8] {
        var writer = SummaryWriter()
        writer.write(u8: Self.format)
        writer.write(u8: isErased ? 1 : 0)
        writer.write(varint: UInt64(versions.count))
        for version in versions { Self.write(version, to: &writer) }
        writer.write(varint: UInt64(labels.count))
        for label in labels { Self.write(label, to: &writer) }
        return writer.bytes
    }

    /// Reads bytes that ``encoded()`` made.
    package init(decoding bytes: [UInt8]) throws(CodecError) {
        var reader = SummaryReader(bytes)
        let format = try reader.u8()
        guard (1...Self.format).contains(format) else { throw .version(expected: Self.format, found: format) }
        let flags = try reader.u8()
        guard flags <= 1 else { throw .invalid("a record with flags \(flags)") }
        isErased = flags == 1
        for _ in 0..<(try reader.elementCount(bytesEach: 18)) {
            let version = try Self.version(from: &reader, format: format)
            if let last = versions.last, !(last.version < version.version) { throw .invalid("versions out of order") }
            versions.append(version)
        }
        for _ in 0..<(try reader.elementCount(bytesEach: 2)) {
            let label = try Self.label(from: &reader)
            if let last = labels.last, !(last < label) { throw .invalid("labels out of order") }
            labels.append(label)
        }
        try reader.finish()
    }

    /// What the byte before each prediction and label says.
    private enum Flag {
        static let kind: UInt8 = 0b11
        static let category: UInt8 = 1
        static let number: UInt8 = 2
        static let wholeSeconds: UInt8 = 4
        static let score: UInt8 = 8
        static let version: UInt8 = 16
        static let segments: UInt8 = 32
        static let weight: UInt8 = 64
        static let ranking: UInt8 = 128
        /// What a record of format 1 could say.
        static let firstFormat: UInt8 = 63
    }

    private static func flags(_ outcome: Outcome, _ time: Time) -> UInt8 {
        let whole = time.microseconds % 1_000_000 == 0 ? Flag.wholeSeconds : 0
        return switch outcome {
        case .none: whole
        case .category: whole | Flag.category
        case .number: whole | Flag.number
        }
    }

    private static func write(_ version: Version, to writer: inout SummaryWriter) {
        var flags = flags(version.predicted, version.eventTime)
        if !version.score.isNaN { flags |= Flag.score }
        if !version.version.utf8.isEmpty { flags |= Flag.version }
        if !version.segments.isEmpty { flags |= Flag.segments }
        if !version.weight.isOne { flags |= Flag.weight }
        if version.ranking != nil { flags |= Flag.ranking }
        writer.write(u8: flags)
        if flags & Flag.version != 0 { writer.write(text: version.version) }
        write(version.eventTime, to: &writer)
        writer.write(fixed: version.digest.high)
        writer.write(fixed: version.digest.low)
        write(version.predicted, to: &writer)
        if flags & Flag.score != 0 { writer.write(double: version.score) }
        if flags & Flag.segments != 0 {
            writer.write(varint: UInt64(version.segments.count))
            for segment in version.segments { writer.write(text: segment) }
        }
        if flags & Flag.weight != 0 { writer.write(varint: UInt64(version.weight.units.magnitude)) }
        if let ranking = version.ranking { ranking.write(to: &writer) }
    }

    private static func version(
        from reader: inout SummaryReader, format: UInt8
    ) throws(CodecError) -> Version {
        let flags = try reader.u8()
        guard format > 1 || flags <= Flag.firstFormat else { throw .invalid("a prediction with flags \(flags)") }
        let name = flags & Flag.version != 0 ? try reader.text() : ""
        var version = Version(
            version: name, eventTime: try time(from: &reader, flags),
            digest: ContentDigest(high: try reader.fixed(), low: try reader.fixed()),
            predicted: try outcome(from: &reader, flags))
        if flags & Flag.score != 0 { version.score = try reader.double() }
        if flags & Flag.segments != 0 {
            for _ in 0..<(try reader.elementCount()) { version.segments.append(try reader.text()) }
        }
        if flags & Flag.weight != 0 {
            let units = try reader.varint()
            guard let weight = RowWeight(units: units), !weight.isOne else { throw .invalid("a weight of \(units)") }
            version.weight = weight
        }
        if flags & Flag.ranking != 0 { version.ranking = try ClassRanking(from: &reader, hasSquares: format > 2) }
        return version
    }

    private static func write(_ label: Label, to writer: inout SummaryWriter) {
        writer.write(u8: flags(label.actual, label.time))
        write(label.time, to: &writer)
        write(label.actual, to: &writer)
    }

    private static func label(from reader: inout SummaryReader) throws(CodecError) -> Label {
        let flags = try reader.u8()
        guard flags <= Flag.kind | Flag.wholeSeconds else { throw .invalid("a label with flags \(flags)") }
        return Label(time: try time(from: &reader, flags), actual: try outcome(from: &reader, flags))
    }

    private static func write(_ time: Time, to writer: inout SummaryWriter) {
        let isWhole = time.microseconds % 1_000_000 == 0
        writer.write(zigzag: Int(isWhole ? time.microseconds / 1_000_000 : time.microseconds))
    }

    private static func time(from reader: inout SummaryReader, _ flags: UInt8) throws(CodecError) -> Time {
        let value = Int64(try reader.zigzag())
        guard flags & Flag.wholeSeconds != 0 else { return Time(microseconds: value) }
        return Time(microseconds: value.multipliedSaturating(by: 1_000_000))
    }

    private static func write(_ outcome: Outcome, to writer: inout SummaryWriter) {
        switch outcome {
        case .none: break
        case .category(let text): writer.write(text: text)
        case .number(let value): writer.write(double: value)
        }
    }

    private static func outcome(from reader: inout SummaryReader, _ flags: UInt8) throws(CodecError) -> Outcome {
        switch flags & Flag.kind {
        case Flag.category: return .category(try reader.text())
        case Flag.number:
            let value = try reader.double()
            guard !value.isNaN else { throw .invalid("an outcome that is no number") }
            return .number(value)
        case 0: return .none
        case let kind: throw .invalid("an outcome of kind \(kind)")
        }
    }
}
