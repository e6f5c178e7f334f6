import JSON
import Statistics

/// Reads NDJSON or CSV in pieces into a sink.
struct RowStream: ~Copyable {
    private let isCSV: Bool
    private let mostRows: Int
    private var lines = LineReader()
    private var records = CSVReader()
    private var parser = JSONParser()
    private var columnCount: Int?
    private var hasRow = false
    private var firstMistake: JSONError?
    private var byteCount = 0

    /// How many rows came so far, good and bad ones.
    private(set) var count = 0

    /// So many lines without one that is JSON are no NDJSON.
    private static let mostBadLines = 10_000

    init(isCSV: Bool, mostRows: Int) {
        self.isCSV = isCSV
        self.mostRows = mostRows
    }

    mutating func append(_ chunk: [UInt8], into sink: inout some RowSink) throws(WireError) {
        byteCount += chunk.count
        if isCSV {
            records.append(chunk)
            try readRecords(into: &sink)
        } else {
            lines.append(chunk)
            try readLines(into: &sink)
        }
    }

    /// Reads what is left, and throws where the whole was neither.
    mutating func finish(into sink: inout some RowSink) throws(WireError) {
        if isCSV {
            records.finish()
            try readRecords(into: &sink)
            if columnCount == nil { throw .notCSV(line: 1, detail: "there is no header") }
        } else {
            lines.finish()
            try readLines(into: &sink)
            if !hasRow { throw .notJSON(firstMistake ?? JSONError(.truncated, offset: byteCount)) }
        }
    }

    private mutating func countRow() throws(WireError) {
        if count == mostRows { throw .tooManyRows(limit: mostRows) }
        count += 1
    }

    private mutating func readLines(into sink: inout some RowSink) throws(WireError) {
        while lines.next() {
            if lines.isTooLong {
                try countRow()
                note(JSONError(.tooLarge, offset: lines.offset))
                sink.reject(RowFault("", "the line is longer than 1 MiB"), index: count - 1)
                continue
            }
            if Self.isBlank(lines.line) { continue }
            try countRow()
            do throws(JSONError) {
                try Self.read(lines, by: &parser, into: &sink, index: count - 1)
                hasRow = true
            } catch {
                note(JSONError(error.kind, offset: error.offset + lines.offset))
                sink.reject(RowFault("", "the line is no JSON object: \(error)"), index: count - 1)
            }
            if !hasRow, count >= Self.mostBadLines, let firstMistake { throw .notJSON(firstMistake) }
        }
    }

    private static func read(
        _ lines: borrowing LineReader, by parser: inout JSONParser, into sink: inout some RowSink, index: Int
    ) throws(JSONError) {
        sink.read(try parser.parse(lines.line, hugeNumbers: .kept), index: index)
    }

    private mutating func note(_ mistake: JSONError) {
        if firstMistake == nil { firstMistake = mistake }
    }

    private static func isBlank(_ line: Span<UInt8>) -> Bool {
        for place in line.indices where line[place] != 0x20 && line[place] != 0x0D && line[place] != 0x09 {
            return false
        }
        return true
    }

    private mutating func readRecords(into sink: inout some RowSink) throws(WireError) {
        while try records.next() {
            guard let columnCount else {
                try readHeader(into: &sink)
                continue
            }
            try countRow()
            if records.fieldCount != columnCount {
                let detail =
                    "the record on line \(records.line) has \(records.fieldCount) fields, the header \(columnCount)"
                sink.reject(RowFault("", detail), index: count - 1)
            } else if records.hasNUL {
                sink.reject(RowFault.unstorable(""), index: count - 1)
            } else {
                sink.read(records, index: count - 1)
            }
        }
    }

    /// Whether lines may end with a carriage return alone, which would make the whole body a header.
    private static func hasReturn(_ name: Span<UInt8>) -> Bool {
        for place in name.indices where name[place] == 0x0D { return true }
        return false
    }

    private mutating func readHeader(into sink: inout some RowSink) throws(WireError) {
        var names = TextTable()
        for column in 0..<records.fieldCount {
            let name = records.field(column)
            let problem: String
            if name.isEmpty {
                problem = "has no name"
            } else if let place = names.place(of: name) {
                problem = "has the same name as column \(place + 1)"
            } else if Self.hasReturn(name) {
                problem = "has a carriage return in its name: end lines with LF or CRLF"
            } else if names.insert(name) == nil {
                problem = "has a name that is not UTF-8 or holds U+0000"
            } else {
                continue
            }
            throw .notCSV(line: records.line, detail: "column \(column + 1) \(problem)")
        }
        columnCount = records.fieldCount
        try sink.readHeader(names.texts)
    }
}
