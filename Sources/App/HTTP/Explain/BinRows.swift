import JSON
import Monitoring
import Statistics

/// The bins or categories of an explanation as JSON.
struct BinRows {
    let explanation: DriftExplanation
    private let reference: Int
    private let window: Int

    init(explanation: DriftExplanation) {
        self.explanation = explanation
        reference = explanation.bins.reduce(0) { $0 + $1.reference }
        window = explanation.bins.reduce(0) { $0 + $1.window }
    }

    /// The most categories that are listed; the others are added up in one entry.
    private static let mostCategories = 1000

    func write(to object: inout JSONWriter) {
        let bins = explanation.bins
        let terms = bins.compactMap(\.term)
        object.member("sum", terms.isEmpty ? nil : terms.reduce(0, +), or: .noSum)
        object.member("sum_is", explanation.isSquared ? "the square of the value" : "the value")
        guard explanation.kind == .categorical else {
            return object.array("bins") { array in
                for bin in bins {
                    array.object { entry in
                        entry.member("low", bin.low)
                        entry.member("high", bin.high)
                        write(bin, to: &entry)
                    }
                }
            }
        }
        let sorted = bins.sorted { ($0.term ?? 0, $0.window) > ($1.term ?? 0, $1.window) }
        object.array("categories") { array in
            for bin in sorted.prefix(Self.mostCategories) {
                array.object { entry in
                    entry.member("value", bin.name?.string)
                    write(bin, to: &entry)
                }
            }
        }
        let rest = sorted.dropFirst(Self.mostCategories)
        guard !rest.isEmpty else { return }
        object.object("further_categories") { part in
            part.member("categories", rest.count)
            part.member(count: "reference", rest.reduce(0) { $0 + $1.reference }, of: explanation.unit)
            part.member(count: "window", rest.reduce(0) { $0 + $1.window }, of: explanation.unit)
            part.member("contribution", rest.reduce(0) { $0 + ($1.term ?? 0) })
        }
    }

    private func write(_ bin: DriftExplanation.Bin, to object: inout JSONWriter) {
        object.member(count: "reference", bin.reference, of: explanation.unit)
        object.member(count: "window", bin.window, of: explanation.unit)
        object.member(
            "reference_share", reference > 0 ? Double(bin.reference) / Double(reference) : nil, or: .emptyReference)
        object.member("window_share", window > 0 ? Double(bin.window) / Double(window) : nil, or: .noRows)
        object.member("contribution", bin.term, or: .noSum)
        if let bound = bin.errorBound { object.member("error_bound", bound, or: .tooLarge) }
        guard let sums = bin.sums else { return }
        for (side, sums) in [("reference", sums.reference), ("window", sums.window)] {
            object.member("\(side)_sum", sums.values, or: .tooLarge)
            if explanation.measure == .spreadShift { object.member("\(side)_squares", sums.squares, or: .tooLarge) }
        }
    }
}

extension JSONWriter {
    /// Writes a member with a number of rows, of which so many units make one: a whole number unless rows carry weights.
    mutating func member(count name: String, _ count: Int, of unit: Int) {
        if unit == 1 { member(name, count) } else { member(name, Double(count) / Double(unit)) }
    }
}
