/// A Swift type that stands for one PostgreSQL type, alone and as an array's element.
package protocol PostgresElement: Sendable {
    /// The type that is written; more may be readable.
    static var postgresType: PostgresType { get }
    /// The type of its one-dimensional arrays.
    static var postgresArrayType: PostgresType { get }

    /// Appends the value with its length in front.
    func write(to buffer: inout BinaryBuffer)

    /// Reads a value that is not NULL.
    /// - Returns: `nil` when the cell's type or length does not fit.
    init?(cell: borrowing Cell)
}
