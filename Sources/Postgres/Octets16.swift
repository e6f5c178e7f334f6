/// `bytea` of sixteen bytes, such as a hash, without an array for each.
package struct Octets16: Hashable, Sendable {
    /// The first eight bytes, the first of them most significant.
    package let high: UInt64
    /// The last eight bytes.
    package let low: UInt64

    /// Sixteen bytes.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }
}

extension Octets16: PostgresElement {
    package static var postgresType: PostgresType { .bytes }
    package static var postgresArrayType: PostgresType { .bytesArray }
    package func write(to buffer: inout BinaryBuffer) {
        buffer.append(length: 16)
        buffer.append(high)
        buffer.append(low)
    }
    package init?(cell: borrowing Cell) {
        guard cell.type == PostgresType.bytes.rawValue, cell.bytes.byteCount == 16,
            let high = cell.load(0, as: UInt64.self), let low = cell.load(8, as: UInt64.self)
        else { return nil }
        self.init(high: high, low: low)
    }
}
