/// Rows in PostgreSQL's binary COPY format, as ``PostgresConnection/copy(into:columns:count:timeout:write:)`` lends it to write them.
///
/// Call `beginRow`, then append one value per column, in the order of the columns and in exactly their types: the
/// server converts nothing.
///
/// Binary, because a text value cannot end the stream there, as a line `\.` does in COPY's text format.
package struct CopyWriter: ~Copyable, Sendable {
    private var buffer: BinaryBuffer
    /// How many values a row has.
    private let columnCount: Int
    /// Rows begun.
    private(set) var rowCount = 0
    private var fieldsMissing = 0
    private var openArray: (offset: Int, missing: Int)?

    /// - Parameters:
    ///   - columns: How many values a row has; less than 1,600 is PostgreSQL's own limit.
    ///   - capacity: Bytes to reserve.
    init(columns: Int, capacity: Int) {
        precondition(columns > 0 && columns <= 1600, "a table has 1 to 1600 columns")
        columnCount = columns
        buffer = BinaryBuffer(capacity: capacity)
        writeHeader()
    }

    private mutating func writeHeader() {
        // "PGCOPY\n\377\r\n\0", flags, length of the header's extension.
        for byte in [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00] as [UInt8] {
            buffer.append(byte)
        }
        buffer.append(Int32(0))
        buffer.append(Int32(0))
    }

    /// Bytes that were not taken yet.
    var byteCount: Int { buffer.count }

    /// Starts a row.
    package mutating func beginRow() {
        precondition(fieldsMissing == 0 && openArray == nil, "a row is complete before the next begins")
        buffer.append(Int16(truncatingIfNeeded: columnCount))
        fieldsMissing = columnCount
        rowCount += 1
    }

    /// Counts a value, as an element of the open array or as a field of the row.
    @inline(__always)
    private mutating func countValue() {
        if openArray != nil {
            openArray?.missing -= 1
        } else {
            precondition(fieldsMissing > 0, "a row has no more values than columns")
            fieldsMissing -= 1
        }
    }

    /// Starts an array of so many elements, which are appended like fields; end it with `endArray`.
    package mutating func beginArray(of element: PostgresType, count: Int) {
        precondition(openArray == nil, "arrays are one-dimensional")
        countValue()
        openArray = (buffer.count, count)
        buffer.append(Int32(0))
        buffer.appendArrayHead(of: element, count: count)
    }

    /// Ends the array.
    package mutating func endArray() {
        guard let array = openArray else { preconditionFailure("an array was begun") }
        precondition(array.missing == 0, "an array has as many elements as were announced")
        buffer.patchLength(at: array.offset)
        openArray = nil
    }

    /// Appends a field or element through the buffer.
    @inline(__always)
    mutating func append(_ write: (inout BinaryBuffer) -> Void) {
        countValue()
        write(&buffer)
    }

    /// Whether the last row has all its values.
    var isComplete: Bool { fieldsMissing == 0 && openArray == nil }

    /// Whether a value is longer than the format can say.
    var hasOverflowed: Bool { buffer.hasOverflowed }

    /// Lends the bytes that were not taken yet and forgets them; the memory stays.
    mutating func takeBytes<Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
    ) throws(Failure) {
        try unsafe buffer.withBytes { (bytes) throws(Failure) in try unsafe body(bytes) }
        buffer.removeAll()
    }

    /// Ends the stream; no row may follow.
    mutating func end() { buffer.append(Int16(-1)) }
}
