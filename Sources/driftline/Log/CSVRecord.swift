/// One record of a CSV file as it stands there, without the line break at its end.
struct CSVRecord {
    /// The bytes of the record, quotes included.
    let bytes: [UInt8]

    /// The line on which it begins, from 1.
    let line: Int

    /// The fields without their quotes.
    ///
    /// - Complexity: O(bytes).
    var fields: [[UInt8]] {
        var fields: [[UInt8]] = []
        var place = 0
        while let field = Self.field(of: bytes, at: &place) { fields.append(field) }
        return fields
    }

    /// The field of a column, counted from 0, without its quotes; nil where the record is too short.
    ///
    /// - Complexity: O(bytes up to the end of the field).
    func field(_ column: Int) -> [UInt8]? {
        var place = 0
        for _ in 0..<column where Self.field(of: bytes, at: &place) == nil { return nil }
        return Self.field(of: bytes, at: &place)
    }

    /// Reads the field at a place and moves the place behind the comma after it; nil behind the last field.
    private static func field(of bytes: [UInt8], at place: inout Int) -> [UInt8]? {
        guard place <= bytes.count else { return nil }
        var field: [UInt8] = []
        if place < bytes.count, bytes[place] == CSVSyntax.quote {
            place += 1
            while place < bytes.count {
                if bytes[place] == CSVSyntax.quote {
                    guard place + 1 < bytes.count, bytes[place + 1] == CSVSyntax.quote else { break }
                    place += 1
                }
                field.append(bytes[place])
                place += 1
            }
            place += 1
        }
        while place < bytes.count, bytes[place] != CSVSyntax.comma {
            field.append(bytes[place])
            place += 1
        }
        place += 1
        return field
    }
}
