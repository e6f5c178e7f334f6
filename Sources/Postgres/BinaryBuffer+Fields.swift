/// Values with their length in front: the form of a COPY field and of an array element alike.
extension BinaryBuffer {
    /// Appends NULL.
    mutating func appendNull() { append(Int32(-1)) }

    /// Appends `bool`.
    mutating func append(field value: Bool) {
        append(Int32(1))
        append(UInt8(value ? 1 : 0))
    }

    /// Appends `int2`.
    mutating func append(field value: Int16) {
        append(Int32(2))
        append(value)
    }

    /// Appends `int4`.
    mutating func append(field value: Int32) {
        append(Int32(4))
        append(value)
    }

    /// Appends `int8`.
    mutating func append(field value: Int64) {
        append(Int32(8))
        append(value)
    }

    /// Appends `float8`.
    mutating func append(field value: Double) {
        append(Int32(8))
        append(value.bitPattern)
    }

    /// Appends `timestamptz`.
    mutating func append(field value: Timestamp) {
        append(field: value.wireValue)
    }

    /// Appends `text`, copying the string's own storage once.
    mutating func append(field value: String) {
        append(length: value.utf8.count)
        append(utf8Of: value)
    }

    /// Appends `bytea`.
    mutating func append(field value: [UInt8]) {
        append(length: value.count)
        unsafe value.withUnsafeBytes { bytes in unsafe append(bytes) }
    }

    /// Appends `jsonb`: a version byte in front of the text.
    mutating func append(jsonb value: String) {
        append(length: value.utf8.count + 1)
        append(UInt8(1))
        append(utf8Of: value)
    }

    /// Appends a string's bytes without a length.
    mutating func append(utf8Of value: String) {
        let done: Void? = unsafe value.utf8.withContiguousStorageIfAvailable { utf8 in
            unsafe append(UnsafeRawBufferPointer(utf8))
        }
        guard done == nil else { return }
        for byte in value.utf8 { append(byte) }
    }

    /// Appends the head of a one-dimensional array: dimensions, a flag that the server ignores, element type, length,
    /// lower bound. An empty array has no dimension.
    mutating func appendArrayHead(of element: PostgresType, count: Int) {
        append(Int32(count == 0 ? 0 : 1))
        append(Int32(0))
        append(element.rawValue)
        guard count > 0 else { return }
        append(length: count)
        append(Int32(1))
    }
}
