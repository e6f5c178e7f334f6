/// What is printed: one line for each figure, in columns.
struct Report {
    /// What was measured.
    let name: String
    /// The median, in `unit`.
    let value: Double
    let unit: String
    /// Beside what it stands, as text; empty for nothing.
    var beside = ""

    /// Prints the figures of one part.
    static func line(_ part: String, _ lines: [Report]) {
        for line in lines {
            let name = padded("\(part): \(line.name)", to: 62)
            print("\(name)\(rounded(line.value)) \(line.unit)\(line.beside.isEmpty ? "" : "   " + line.beside)")
        }
    }

    /// A number with three figures behind the point at most.
    static func rounded(_ value: Double) -> String {
        value >= 100 ? "\(value.rounded())" : "\((value * 1000).rounded() / 1000)"
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
