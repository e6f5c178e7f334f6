/// The column types that this door reads and writes, with their object identifiers in PostgreSQL's catalogue.
package enum PostgresType: UInt32, Sendable {
    case bool = 16
    case bytes = 17
    case int64 = 20
    case int16 = 21
    case int32 = 23
    case text = 25
    /// `tid`.
    case rowLocation = 27
    case json = 114
    case double = 701
    case timestamp = 1184
    case jsonb = 3802
    case boolArray = 1000
    case bytesArray = 1001
    case int16Array = 1005
    case int32Array = 1007
    case textArray = 1009
    /// `tid[]`.
    case rowLocationArray = 1010
    case int64Array = 1016
    case doubleArray = 1022
    case timestampArray = 1185
}
