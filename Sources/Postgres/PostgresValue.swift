/// A parameter of a statement: a type and its bytes, or a typed NULL.
///
/// Values are encoded when they are made, and never printed: a parameter is somebody's data.
package struct PostgresValue: Sendable, CustomStringConvertible {
    /// The type that the server is told.
    package let type: PostgresType
    /// The binary form; `nil` is NULL.
    let bytes: [UInt8]?

    package var description: String { "PostgresValue(\(type))" }

    private init(_ type: PostgresType, _ write: (inout BinaryBuffer) -> Void) {
        var buffer = BinaryBuffer(capacity: 64)
        write(&buffer)
        self.type = type
        // The length in front of a field is libpq's own argument here.
        self.bytes = unsafe buffer.withBytes { bytes in unsafe [UInt8](bytes.dropFirst(4)) }
    }

    init(array type: PostgresType, of element: PostgresType, count: Int, _ write: (inout BinaryBuffer) -> Void) {
        self.init(type) { buffer in
            buffer.append(Int32(0))
            buffer.appendArrayHead(of: element, count: count)
            write(&buffer)
        }
    }

    private init(null type: PostgresType) {
        self.type = type
        self.bytes = nil
    }

    private init<Element: PostgresElement>(_ value: Element?) {
        guard let value else {
            self.init(null: Element.postgresType)
            return
        }
        self.init(Element.postgresType) { buffer in value.write(to: &buffer) }
    }

    /// NULL of a type.
    package static func null(_ type: PostgresType) -> PostgresValue { PostgresValue(null: type) }

    /// `bool`.
    package static func bool(_ value: Bool?) -> PostgresValue { PostgresValue(value) }
    /// `int2`.
    package static func int16(_ value: Int16?) -> PostgresValue { PostgresValue(value) }
    /// `int4`.
    package static func int32(_ value: Int32?) -> PostgresValue { PostgresValue(value) }
    /// `int8`.
    package static func int64(_ value: Int64?) -> PostgresValue { PostgresValue(value) }
    /// `float8`.
    package static func double(_ value: Double?) -> PostgresValue { PostgresValue(value) }
    /// `text`.
    package static func text(_ value: String?) -> PostgresValue { PostgresValue(value) }
    /// `bytea`.
    package static func bytes(_ value: [UInt8]?) -> PostgresValue { PostgresValue(value) }
    /// `timestamptz`.
    package static func timestamp(_ value: Timestamp?) -> PostgresValue { PostgresValue(value) }

    /// `json`, from its text.
    package static func json(_ value: String?) -> PostgresValue {
        guard let value else { return .null(.json) }
        return PostgresValue(.json) { buffer in buffer.append(field: value) }
    }

    /// `jsonb`, from its text.
    package static func jsonb(_ value: String?) -> PostgresValue {
        guard let value else { return .null(.jsonb) }
        return PostgresValue(.jsonb) { buffer in buffer.append(jsonb: value) }
    }
}
