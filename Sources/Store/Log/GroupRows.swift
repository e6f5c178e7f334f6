/// The rows of a group that are written, one submission after the other.
struct GroupRows: Sendable {
    /// How many rows there are up to the end of each submission.
    private let ends: [Int]

    /// - Parameter counts: how many rows each submission has.
    init(counts: [Int]) {
        var total = 0
        ends = counts.map { count in
            total += count
            return total
        }
    }

    /// How many rows there are.
    var count: Int { ends.last ?? 0 }

    /// Which rows of which submissions have these numbers, in order. O(submissions).
    func parts(of numbers: Range<Int>) -> [(submission: Int, rows: Range<Int>)] {
        var parts: [(submission: Int, rows: Range<Int>)] = []
        var submission = ends.firstIndex { $0 > numbers.lowerBound } ?? ends.count
        var start = numbers.lowerBound
        while start < numbers.upperBound {
            let first = submission == 0 ? 0 : ends[submission - 1]
            let end = min(ends[submission], numbers.upperBound)
            if start < end { parts.append((submission, start - first..<end - first)) }
            start = end
            submission += 1
        }
        return parts
    }
}
