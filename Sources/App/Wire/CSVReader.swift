/// Reads records of comma-separated values (RFC 4180) from bytes that come in pieces.
///
/// Records end with LF or CRLF; blank lines are skipped; a UTF-8 byte order mark at the start is skipped. A quote
/// inside an unquoted field is text. Fields are read where they lie; escaped quotes are taken out in place.
struct CSVReader: ~Copyable {
    static let mostColumns = 20_000
    static let mostFieldBytes = 1_048_576
    static let mostRecordBytes = 16_777_216

    private enum State {
        case fieldStart
        case unquoted
        case quoted
        case quoteInQuoted
    }

    private var buffer: [UInt8] = []
    private var isWhole = false
    private var isAtStart = true
    private var state = State.fieldStart
    /// The next byte to look at.
    private var scan = 0
    private var recordStart = 0
    private var fieldStart = 0
    /// Where the next byte of a quoted field goes; behind `scan` once an escaped quote was taken out.
    private var write = 0
    private var starts: [Int] = []
    private var ends: [Int] = []
    private var nextLine = 1
    private var quoteLine = 1
    private var isTaken = true

    /// The line on which the record begins, from 1.
    private(set) var line = 1

    /// Whether a zero byte is somewhere in the record.
    private(set) var hasNUL = false

    /// How many fields the record has.
    var fieldCount: Int { starts.count }

    /// The text of a field of the record.
    @_lifetime(borrow self)
    borrowing func field(_ index: Int) -> Span<UInt8> {
        buffer.span.extracting(starts[index]..<ends[index])
    }

    mutating func append(_ chunk: [UInt8]) {
        if isTaken, scan == buffer.count {
            buffer = chunk
            rebase(by: scan)
        } else {
            let shift = isTaken ? scan : recordStart
            if shift > 0 {
                buffer.removeFirst(shift)
                rebase(by: shift)
            }
            buffer += chunk
        }
    }

    private mutating func rebase(by shift: Int) {
        scan -= shift
        fieldStart -= shift
        write -= shift
        recordStart = 0
        guard !isTaken else { return }
        for index in starts.indices { starts[index] -= shift }
        for index in ends.indices { ends[index] -= shift }
    }

    /// States that nothing more comes, so that the rest is a record.
    mutating func finish() {
        isWhole = true
    }

    /// Reads the next record; false where there is none without more bytes.
    mutating func next() throws(WireError) -> Bool {
        if isAtStart, !skipByteOrderMark() { return false }
        if isTaken { begin() }
        while scan < buffer.count, !isLoneReturn {
            switch state {
            case .fieldStart: startField()
            case .unquoted:
                guard try readUnquoted() else { continue }
                if !isBlank { return take() }
                begin()
            case .quoted: readQuoted()
            case .quoteInQuoted:
                if try readAfterQuote() { return take() }
            }
        }
        try checkSizes()
        return isWhole ? try last() : false
    }

    /// Whether a carriage return is the last byte, so that what follows decides what it means.
    private var isLoneReturn: Bool {
        !isWhole && scan == buffer.count - 1 && buffer[scan] == 0x0D && state != .quoted
    }

    private mutating func begin() {
        isTaken = false
        state = .fieldStart
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        recordStart = scan
        fieldStart = scan
        hasNUL = false
        line = nextLine
    }

    private mutating func take() -> Bool {
        isTaken = true
        return true
    }

    private var isBlank: Bool { starts.count == 1 && starts[0] == ends[0] && starts[0] == recordStart }

    private mutating func startField() {
        fieldStart = scan
        if buffer[scan] == UInt8(ascii: "\"") {
            state = .quoted
            quoteLine = nextLine
            scan += 1
            fieldStart = scan
            write = scan
        } else {
            state = .unquoted
        }
    }

    /// Reads to the end of an unquoted field; whether it ends the record.
    private mutating func readUnquoted() throws(WireError) -> Bool {
        while scan < buffer.count {
            let byte = buffer[scan]
            // Everything that matters is not above the comma.
            if byte > 0x2C {
                scan += 1
                continue
            }
            switch byte {
            case UInt8(ascii: ","):
                try endField(at: scan)
                scan += 1
                state = .fieldStart
                // A comma at the very end still begins one more field.
                fieldStart = scan
                return false
            case 0x0A:
                try endField(at: scan)
                endLine(1)
                return true
            case 0x0D:
                if isLoneReturn { return false }
                if scan + 1 < buffer.count ? buffer[scan + 1] == 0x0A : isWhole {
                    try endField(at: scan)
                    endLine(2)
                    return true
                }
            case 0: hasNUL = true
            default: break
            }
            scan += 1
        }
        return false
    }

    private mutating func readQuoted() {
        while scan < buffer.count {
            let byte = buffer[scan]
            scan += 1
            if byte == UInt8(ascii: "\"") {
                state = .quoteInQuoted
                return
            }
            if byte == 0x0A { nextLine += 1 }
            if byte == 0 { hasNUL = true }
            if write != scan - 1 { buffer[write] = byte }
            write += 1
        }
    }

    /// After a quote in a quoted field: another one, the field's end, or a mistake. Whether the record ends.
    private mutating func readAfterQuote() throws(WireError) -> Bool {
        switch buffer[scan] {
        case UInt8(ascii: "\""):
            buffer[write] = UInt8(ascii: "\"")
            write += 1
            scan += 1
            state = .quoted
            return false
        case UInt8(ascii: ","):
            try endField(at: write)
            scan += 1
            state = .fieldStart
            fieldStart = scan
            return false
        case 0x0A:
            try endField(at: write)
            endLine(1)
            return true
        case 0x0D:
            if scan + 1 < buffer.count ? buffer[scan + 1] == 0x0A : isWhole {
                try endField(at: write)
                endLine(2)
                return true
            }
            fallthrough
        default:
            throw .notCSV(
                line: nextLine, detail: "text after a closing quote: double every quote inside a quoted field")
        }
    }

    private mutating func endField(at end: Int) throws(WireError) {
        if starts.count == Self.mostColumns {
            throw .notCSV(line: line, detail: "more than \(Self.mostColumns) columns")
        }
        if end - fieldStart > Self.mostFieldBytes { throw Self.tooLong(line) }
        starts.append(fieldStart)
        ends.append(end)
    }

    private mutating func endLine(_ bytes: Int) {
        scan = min(scan + bytes, buffer.count)
        nextLine += 1
    }

    private func checkSizes() throws(WireError) {
        if scan - fieldStart > Self.mostFieldBytes, state == .quoted || state == .unquoted { throw Self.tooLong(line) }
        if scan - recordStart > Self.mostRecordBytes {
            throw .notCSV(line: line, detail: "a record is longer than \(Self.mostRecordBytes) bytes")
        }
    }

    private static func tooLong(_ line: Int) -> WireError {
        .notCSV(line: line, detail: "a field is longer than \(mostFieldBytes) bytes")
    }

    /// The record that no line end follows.
    private mutating func last() throws(WireError) -> Bool {
        switch state {
        case .quoted: throw .notCSV(line: quoteLine, detail: "a quoted field that begins here has no closing quote")
        case .quoteInQuoted: try endField(at: write)
        case .unquoted: try endField(at: scan)
        case .fieldStart:
            if starts.isEmpty { return false }
            try endField(at: scan)
        }
        state = .fieldStart
        return take()
    }

    /// False where more bytes must come first.
    private mutating func skipByteOrderMark() -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let head = buffer.prefix(3)
        if head.count < 3, mark.starts(with: head), !isWhole { return false }
        if head.elementsEqual(mark) { scan = 3 }
        isAtStart = false
        return true
    }
}
