extension Bool: PostgresElement {
    package static var postgresType: PostgresType { .bool }
    package static var postgresArrayType: PostgresType { .boolArray }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.bool else { return nil }
        self = value
    }
}

extension Int16: PostgresElement {
    package static var postgresType: PostgresType { .int16 }
    package static var postgresArrayType: PostgresType { .int16Array }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.integer, let narrow = Int16(exactly: value) else { return nil }
        self = narrow
    }
}

extension Int32: PostgresElement {
    package static var postgresType: PostgresType { .int32 }
    package static var postgresArrayType: PostgresType { .int32Array }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.integer, let narrow = Int32(exactly: value) else { return nil }
        self = narrow
    }
}

extension Int64: PostgresElement {
    package static var postgresType: PostgresType { .int64 }
    package static var postgresArrayType: PostgresType { .int64Array }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.integer else { return nil }
        self = value
    }
}

extension Double: PostgresElement {
    package static var postgresType: PostgresType { .double }
    package static var postgresArrayType: PostgresType { .doubleArray }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.double else { return nil }
        self = value
    }
}

extension String: PostgresElement {
    package static var postgresType: PostgresType { .text }
    package static var postgresArrayType: PostgresType { .textArray }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.string else { return nil }
        self = value
    }
}

extension [UInt8]: PostgresElement {
    package static var postgresType: PostgresType { .bytes }
    package static var postgresArrayType: PostgresType { .bytesArray }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.octets else { return nil }
        self = value
    }
}

extension Timestamp: PostgresElement {
    package static var postgresType: PostgresType { .timestamp }
    package static var postgresArrayType: PostgresType { .timestampArray }
    package func write(to buffer: inout BinaryBuffer) { buffer.append(field: self) }
    package init?(cell: borrowing Cell) {
        guard let value = cell.timestamp else { return nil }
        self = value
    }
}
