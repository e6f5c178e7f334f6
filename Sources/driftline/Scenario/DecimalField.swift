/// Numbers with a fixed count of decimals.
enum DecimalField {
    /// A number of 0 to a billion with 0 to 6 decimals, halves away from zero.
    static func text(_ value: Double, digits: Int) -> String {
        precondition(value >= 0 && value <= 1e9 && (0...6).contains(digits), "a field of the demo is a small number")
        let scale = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000][digits]
        let scaled = Int((value * Double(scale)).rounded())
        guard digits > 0 else { return "\(scaled)" }
        let fraction = "\(scaled % scale)"
        return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
    }
}
