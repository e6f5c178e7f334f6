/// One value of a result that is not NULL, as bytes with their type; it lives no longer than the result.
package struct Cell: ~Escapable {
    /// Object identifier of the type.
    let type: UInt32
    /// What the server sent, in network order.
    let bytes: RawSpan

    @_lifetime(copy bytes)
    init(type: UInt32, bytes: RawSpan) {
        self.type = type
        self.bytes = bytes
    }

    /// The number at an offset; `nil` outside the bytes.
    @inline(__always)
    func load<Value: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as: Value.Type) -> Value? {
        guard offset >= 0, offset <= bytes.byteCount - MemoryLayout<Value>.size else { return nil }
        return unsafe Value(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// `bool`.
    var bool: Bool? {
        guard type == PostgresType.bool.rawValue, bytes.byteCount == 1 else { return nil }
        return load(0, as: UInt8.self).map { $0 != 0 }
    }

    /// `int2`, `int4`, `int8`; also `oid` (26) and `xid8` (5069).
    var integer: Int64? {
        switch (type, bytes.byteCount) {
        case (PostgresType.int64.rawValue, 8): load(0, as: Int64.self)
        case (PostgresType.int32.rawValue, 4): load(0, as: Int32.self).map(Int64.init)
        case (PostgresType.int16.rawValue, 2): load(0, as: Int16.self).map(Int64.init)
        case (26, 4): load(0, as: UInt32.self).map(Int64.init)
        case (5069, 8): load(0, as: UInt64.self).flatMap(Int64.init(exactly:))
        default: nil
        }
    }

    /// `float8`, `float4` (700), and integers that a double can hold exactly.
    var double: Double? {
        switch (type, bytes.byteCount) {
        case (PostgresType.double.rawValue, 8): load(0, as: UInt64.self).map(Double.init(bitPattern:))
        case (700, 4): load(0, as: UInt32.self).map { Double(Float(bitPattern: $0)) }
        default: integer.flatMap { Double(exactly: $0) }
        }
    }

    /// `text`, `varchar` (1043), `bpchar` (1042), `name` (19), `unknown` (705), `json`, `jsonb`.
    var string: String? {
        switch type {
        case PostgresType.text.rawValue, PostgresType.json.rawValue, 1043, 1042, 19, 705:
            unsafe bytes.withUnsafeBytes { utf8 in unsafe String(decoding: utf8, as: UTF8.self) }
        case PostgresType.jsonb.rawValue where load(0, as: UInt8.self) == 1:
            unsafe bytes.withUnsafeBytes { utf8 in unsafe String(decoding: utf8.dropFirst(), as: UTF8.self) }
        default: nil
        }
    }

    /// `bytea`, copied.
    var octets: [UInt8]? {
        guard type == PostgresType.bytes.rawValue else { return nil }
        return unsafe bytes.withUnsafeBytes { octets in unsafe [UInt8](octets) }
    }

    /// `timestamptz` within the years that microseconds since 1970 can say.
    var timestamp: Timestamp? {
        guard type == PostgresType.timestamp.rawValue, bytes.byteCount == 8 else { return nil }
        return load(0, as: Int64.self).flatMap(Timestamp.init(wireValue:))
    }
}
