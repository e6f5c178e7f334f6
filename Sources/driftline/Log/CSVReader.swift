/// Splits a CSV file into records without holding more of it than one record and one piece.
///
/// Line breaks inside quotes belong to the record; a quote opens only at the start of a field; empty lines are skipped.
struct CSVReader {
    private let file: InputFile
    private var buffer: [UInt8] = []
    private var start = 0
    private var line = 1
    private var isAtEnd = false

    /// How long one record may be: beyond this a quote was left open.
    private static let longestRecord = 1 << 24

    private enum Place {
        case fieldStart
        case plain
        case quoted
        case closed
    }

    /// A reader at the first record of a file.
    init(_ file: InputFile) throws(CommandFailure) {
        self.file = file
        try readPiece()
        if buffer.starts(with: CSVSyntax.byteOrderMark) { start = CSVSyntax.byteOrderMark.count }
    }

    /// The next record, nil at the end of the file.
    ///
    /// - Complexity: O(bytes of the record).
    mutating func next() throws(CommandFailure) -> CSVRecord? {
        while start < buffer.count || !isAtEnd {
            let firstLine = line
            let bytes = try record(from: firstLine)
            if !bytes.isEmpty { return CSVRecord(bytes: bytes, line: firstLine) }
        }
        return nil
    }

    private mutating func record(from firstLine: Int) throws(CommandFailure) -> [UInt8] {
        var place = Place.fieldStart
        var length = 0
        while true {
            let end = scan(from: start + length, &place)
            if let end { return take(upTo: end) }
            length = buffer.count - start
            guard length <= Self.longestRecord, !(isAtEnd && place == .quoted) else {
                throw CommandFailure(
                    "\(file.path):\(firstLine): the row that begins here does not end: is a quote left open?")
            }
            if isAtEnd { return take(upTo: buffer.count) }
            try readPiece()
        }
    }

    /// The place of the line break that ends the record, nil if it is not in the buffer yet.
    private mutating func scan(from first: Int, _ place: inout Place) -> Int? {
        var index = first
        while index < buffer.count {
            let byte = buffer[index]
            if byte == CSVSyntax.newline {
                line += 1
                if place != .quoted { return index }
            } else if place == .quoted {
                if byte == CSVSyntax.quote { place = .closed }
            } else if byte == CSVSyntax.comma {
                place = .fieldStart
            } else {
                place = byte == CSVSyntax.quote && place != .plain ? .quoted : .plain
            }
            index += 1
        }
        return nil
    }

    private mutating func take(upTo end: Int) -> [UInt8] {
        var last = end
        if last > start, buffer[last - 1] == CSVSyntax.carriageReturn { last -= 1 }
        let bytes = Array(buffer[start..<last])
        start = min(end + 1, buffer.count)
        return bytes
    }

    private mutating func readPiece() throws(CommandFailure) {
        buffer.removeFirst(start)
        start = 0
        let piece = try file.piece()
        isAtEnd = piece.isEmpty
        buffer += piece
    }
}
