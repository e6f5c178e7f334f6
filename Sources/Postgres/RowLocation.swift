/// Where a row stands in its table (`tid`): the fastest way back to one that the same transaction has locked.
package struct RowLocation: Hashable, Sendable {
    /// The page, from 0.
    let block: UInt32
    /// The place on the page, from 1.
    let offset: UInt16
}

extension RowLocation: PostgresElement {
    package static var postgresType: PostgresType { .rowLocation }
    package static var postgresArrayType: PostgresType { .rowLocationArray }
    package func write(to buffer: inout BinaryBuffer) {
        buffer.append(length: 6)
        buffer.append(block)
        buffer.append(offset)
    }
    package init?(cell: borrowing Cell) {
        guard cell.type == PostgresType.rowLocation.rawValue, cell.bytes.byteCount == 6,
            let block = cell.load(0, as: UInt32.self), let offset = cell.load(4, as: UInt16.self)
        else { return nil }
        self.init(block: block, offset: offset)
    }
}
