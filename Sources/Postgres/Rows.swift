internal import CPostgres

/// The rows of one result, owned; freed when the value goes.
///
/// A result never changes, so it may leave the connection's thread and be read elsewhere without a copy. All of it is
/// in memory: use `forEachBatch` for results without a bound.
@safe package struct Rows: ~Copyable, @unchecked Sendable {
    private let result: OpaquePointer
    /// Name of the statement, for errors.
    let statement: String
    /// How many rows there are.
    package let count: Int
    /// How many columns a row has.
    package let columnCount: Int

    /// Takes over the result.
    init(owning result: OpaquePointer, statement: String) {
        unsafe self.result = result
        self.statement = statement
        unsafe count = Int(PQntuples(result))
        unsafe columnCount = Int(PQnfields(result))
    }

    deinit { unsafe PQclear(result) }

    package var isEmpty: Bool { count == 0 }

    /// The row at an index in `0..<count`.
    package subscript(index: Int) -> Row {
        @_lifetime(borrow self)
        borrowing get {
            precondition(index >= 0 && index < count, "a row's index lies in the result")
            return Row(of: self, index: Int32(truncatingIfNeeded: index))
        }
    }

    /// One value per row.
    package borrowing func map<Value>(
        _ transform: (borrowing Row) throws(PostgresError) -> Value
    ) throws(PostgresError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<count { values.append(try transform(self[index])) }
        return values
    }

    /// The value of the first row, `nil` without rows.
    package borrowing func first<Value>(
        _ transform: (borrowing Row) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value? {
        isEmpty ? nil : try transform(self[0])
    }

    /// The value of the only row.
    /// - Throws: `decoding` when there is another number of rows.
    package borrowing func only<Value>(
        _ transform: (borrowing Row) throws(PostgresError) -> Value
    ) throws(PostgresError) -> Value {
        guard count == 1 else {
            throw PostgresError(.decoding, statement: statement, message: "expected one row, got \(count)")
        }
        return try transform(self[0])
    }

    /// Calls the body with each row.
    package borrowing func forEach(
        _ body: (borrowing Row) throws(PostgresError) -> Void
    ) throws(PostgresError) {
        for index in 0..<count { try body(self[index]) }
    }

    /// Rows that the command touched: inserted, updated, deleted, copied or returned.
    package var affected: Int {
        unsafe Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// The command tag, such as `COMMIT` or `INSERT 0 5`.
    var commandTag: String {
        unsafe String(cString: PQcmdStatus(result))
    }

    /// The result itself, for the views of its rows.
    @unsafe var resultPointer: OpaquePointer { unsafe result }
}
