internal import CPostgres

/// One row of a result, as a view; it cannot outlive the `Rows` that it belongs to.
///
/// Columns are counted from 0 in the order of the SELECT list. Every reader throws `decoding` when the column is NULL
/// or of another type; readers named `...IfPresent` give `nil` for NULL.
@safe package struct Row: ~Escapable {
    private let result: OpaquePointer
    private let index: Int32
    private let columnCount: Int
    private let statement: String

    @_lifetime(borrow rows)
    init(of rows: borrowing Rows, index: Int32) {
        unsafe result = rows.resultPointer
        self.index = index
        columnCount = rows.columnCount
        statement = rows.statement
    }

    /// Whether a column is NULL.
    package func isNull(_ column: Int) -> Bool {
        checkColumn(column)
        return unsafe PQgetisnull(result, index, Int32(truncatingIfNeeded: column)) == 1
    }

    /// Reads a column, `nil` for NULL.
    package func valueIfPresent<Value: PostgresElement>(
        _ column: Int, as: Value.Type = Value.self
    ) throws(PostgresError) -> Value? {
        guard !isNull(column) else { return nil }
        guard let value = Value(cell: cell(column)) else { throw mismatch(column, "\(Value.self)") }
        return value
    }

    /// Reads a column that is not NULL.
    package func value<Value: PostgresElement>(
        _ column: Int, as: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        guard let value = try valueIfPresent(column, as: Value.self) else { throw nullValue(column) }
        return value
    }

    /// Reads an array, `nil` in the place of NULL elements.
    package func array<Element: PostgresElement>(
        _ column: Int, of: Element.Type
    ) throws(PostgresError) -> [Element?] {
        guard !isNull(column) else { throw nullValue(column) }
        guard let values = cell(column).array(of: Element.self) else { throw mismatch(column, "[\(Element.self)]") }
        return values
    }

    /// Reads an array with a value in the place of NULL elements, such as NaN.
    package func array<Element: PostgresElement>(
        _ column: Int, of: Element.Type, null: Element
    ) throws(PostgresError) -> [Element] {
        guard !isNull(column) else { throw nullValue(column) }
        guard let values = cell(column).array(of: Element.self, null: null) else {
            throw mismatch(column, "[\(Element.self)]")
        }
        return values
    }

    /// The bytes of a `bytea` without a copy.
    @_lifetime(copy self)
    package func span(_ column: Int) throws(PostgresError) -> RawSpan {
        guard !isNull(column) else { throw nullValue(column) }
        let cell = cell(column)
        guard cell.type == PostgresType.bytes.rawValue else { throw mismatch(column, "bytes") }
        return cell.bytes
    }

    /// The value of a column that is not NULL.
    @_lifetime(copy self)
    func cell(_ column: Int) -> Cell {
        checkColumn(column)
        let column = Int32(truncatingIfNeeded: column)
        let start = unsafe PQgetvalue(result, index, column)
        let buffer = unsafe UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, index, column)))
        let bytes = unsafe RawSpan(_unsafeBytes: buffer)
        let owned = unsafe _overrideLifetime(bytes, copying: self)
        return unsafe Cell(type: PQftype(result, column), bytes: owned)
    }

    private func checkColumn(_ column: Int) {
        precondition(column >= 0 && column < columnCount, "a column's index lies in the SELECT list")
    }

    /// The error for a column of another type.
    func mismatch(_ column: Int, _ expected: String) -> PostgresError {
        PostgresError(
            .decoding, statement: statement,
            message:
                "column \(column) (\(name(column))) has type \(typeIdentifier(column)), not readable as \(expected)"
        )
    }

    private func nullValue(_ column: Int) -> PostgresError {
        PostgresError(.decoding, statement: statement, message: "column \(column) (\(name(column))) is NULL")
    }

    private func name(_ column: Int) -> String {
        guard let name = unsafe PQfname(result, Int32(truncatingIfNeeded: column)) else { return "?" }
        return unsafe String(cString: name)
    }

    private func typeIdentifier(_ column: Int) -> UInt32 {
        unsafe PQftype(result, Int32(truncatingIfNeeded: column))
    }
}
