/// Readers by name, for the common types.
extension Row {
    /// `bool`.
    package func bool(_ column: Int) throws(PostgresError) -> Bool { try value(column) }
    /// `int2`, or a wider integer that fits.
    package func int16(_ column: Int) throws(PostgresError) -> Int16 { try value(column) }
    /// Any integer that fits.
    package func int32(_ column: Int) throws(PostgresError) -> Int32 { try value(column) }
    /// Any integer.
    package func int64(_ column: Int) throws(PostgresError) -> Int64 { try value(column) }
    /// Any integer, as `Int`.
    package func int(_ column: Int) throws(PostgresError) -> Int { Int(try value(column, as: Int64.self)) }
    /// `float8`, `float4`, or an integer that a double holds exactly.
    package func double(_ column: Int) throws(PostgresError) -> Double { try value(column) }
    /// `text` and its kin, `json`, `jsonb`. The bytes are kept; Unicode forms are not changed.
    package func string(_ column: Int) throws(PostgresError) -> String { try value(column) }
    /// `bytea`.
    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] { try value(column) }
    /// `timestamptz`.
    package func timestamp(_ column: Int) throws(PostgresError) -> Timestamp { try value(column) }

    /// As `bool`, `nil` for NULL.
    package func boolIfPresent(_ column: Int) throws(PostgresError) -> Bool? { try valueIfPresent(column) }
    /// As `int16`, `nil` for NULL.
    package func int16IfPresent(_ column: Int) throws(PostgresError) -> Int16? { try valueIfPresent(column) }
    /// As `int32`, `nil` for NULL.
    package func int32IfPresent(_ column: Int) throws(PostgresError) -> Int32? { try valueIfPresent(column) }
    /// As `int64`, `nil` for NULL.
    package func int64IfPresent(_ column: Int) throws(PostgresError) -> Int64? { try valueIfPresent(column) }
    /// As `double`, `nil` for NULL.
    package func doubleIfPresent(_ column: Int) throws(PostgresError) -> Double? { try valueIfPresent(column) }
    /// As `string`, `nil` for NULL.
    package func stringIfPresent(_ column: Int) throws(PostgresError) -> String? { try valueIfPresent(column) }
    /// As `bytes`, `nil` for NULL.
    package func bytesIfPresent(_ column: Int) throws(PostgresError) -> [UInt8]? { try valueIfPresent(column) }
    /// As `timestamp`, `nil` for NULL.
    package func timestampIfPresent(_ column: Int) throws(PostgresError) -> Timestamp? { try valueIfPresent(column) }

    /// `float8[]` with NaN for NULL, in a loop beside the decoder.
    package func doubles(_ column: Int) throws(PostgresError) -> [Double] {
        try array(column, of: Double.self, null: .nan)
    }

    /// Appends the elements of a `float8[]` to one column each, NaN for NULL.
    /// - Precondition: As many columns as the array has elements, else `decoding` is thrown.
    package func appendDoubles(_ column: Int, to columns: inout [[Double]]) throws(PostgresError) {
        let values = try doubles(column)
        guard values.count == columns.count else {
            throw mismatch(column, "an array of \(columns.count) numbers (it has \(values.count))")
        }
        for index in values.indices { columns[index].append(values[index]) }
    }
}
