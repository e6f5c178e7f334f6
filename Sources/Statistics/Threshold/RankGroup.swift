/// Neighbouring values of a reference while they are grouped.
struct RankGroup {
    private(set) var count = 0
    private(set) var sum = 0.0
    private var first: Double?
    /// Whether all values are one.
    private(set) var isPoint = true

    /// Adds values above all that are there.
    mutating func add(_ number: Int, sum part: Double, isPoint point: Bool) {
        isPoint = count == 0 && point
        first = first ?? part / Double(number)
        count += number
        sum += part
    }

    /// Whether a value lies further from the first one than a width.
    func isFar(_ value: Double, by width: Double) -> Bool {
        guard let first else { return false }
        return value - first > width
    }
}
