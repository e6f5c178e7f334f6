/// The names of a CSV file's columns.
struct CSVHeader {
    /// The names in the order of the columns, as the service is to see them.
    let names: [String]

    /// The names of a file's first record, some of them replaced by the names that the service knows.
    init(_ record: CSVRecord, renaming: [String: String] = [:]) {
        names = record.fields.map { field in
            let name = String(decoding: field, as: UTF8.self)
            return renaming[name] ?? name
        }
    }

    /// The place of the first of some names that is there.
    func column(_ candidates: [String]) -> Int? {
        for name in candidates {
            if let column = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) { return column }
        }
        return nil
    }

    /// The header as a line of CSV.
    var line: [UInt8] {
        Array(names.map(CSVSyntax.field).joined(separator: [CSVSyntax.comma])) + [CSVSyntax.newline]
    }
}
