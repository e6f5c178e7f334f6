import JSON
import Monitoring
import Statistics

/// What every feature adds to drift, taken apart by bin and by segment.
struct DriftSection {
    /// One feature with what segments add to it, by combination.
    struct Entry {
        let explanation: DriftExplanation
        var splits: [DriftSplit] = []
    }

    private(set) var entries: [Entry]
    private let total: Double

    init(_ summary: WindowSummary, measure: Measure, method: DriftMethod?, only: ColumnName?) {
        let columns: [ColumnName] =
            only.map { [$0] } ?? summary.schema.features.map { .feature($0.name) } + [.score, .prediction]
        entries = columns.compactMap { column in
            DriftExplanation(summary, column: column, measure: measure, method: method).map { Entry(explanation: $0) }
        }.sorted { left, right in
            let (first, second) = (left.explanation.size, right.explanation.size)
            return first == second ? left.explanation.column < right.explanation.column : first > second
        }
        total = entries.reduce(0) { $0 + max($1.explanation.size, 0) }
    }

    /// Takes the first features apart by the segments of each combination, reading each segment once.
    mutating func split(_ question: WindowQuestion, by combinations: [[ByteText]], most: Int) async throws {
        let taken = entries.prefix(most).map(\.explanation.column)
        let columns = ColumnSelection(columns: Set(taken), outcomes: .none)
        for combination in combinations {
            var splits = taken.indices.map { DriftSplit(entries[$0].explanation, by: combination) }
            for segment in await question.model.windows.segments(of: combination) {
                let summary = try await question.summary(of: Slice(segment: segment.text), columns: columns)
                for index in splits.indices { splits[index].add(segment, summary, of: entries[index].explanation) }
            }
            for index in splits.indices { entries[index].splits.append(splits[index]) }
        }
    }

    func write(to object: inout JSONWriter) {
        object.member("total", total)
        object.array("features") { array in
            for entry in entries { array.object { write(entry, to: &$0) } }
        }
    }

    private func write(_ entry: Entry, to object: inout JSONWriter) {
        let explanation = entry.explanation
        object.member("feature", explanation.column.address)
        object.member("kind", explanation.kind.rawValue)
        object.member("value", explanation.value.value)
        object.member("share", total > 0 ? max(explanation.size, 0) / total : nil, or: .undefined)
        object.member("method", explanation.value.method ?? explanation.measure.drift?.method, or: .undefined)
        object.member("formula", Self.formula(of: explanation.measure), or: .undefined)
        object.member("p_value", explanation.value.pValue, or: explanation.pValueGap)
        object.member("error_bound", explanation.value.errorBound, or: .exact)
        let (n, m) = (
            explanation.bins.reduce(0) { $0 + $1.reference }, explanation.bins.reduce(0) { $0 + $1.window }
        )
        object.member(count: "reference_count", n, of: explanation.unit)
        object.member(count: "window_count", m, of: explanation.unit)
        object.member("counted", explanation.unit == 1 ? "rows" : "weights")
        if let moments = explanation.moments {
            for (side, moments) in [("reference", moments.reference), ("window", moments.window)] {
                object.member("\(side)_mean", moments.mean, or: .tooLarge)
                object.member("\(side)_std", moments.std, or: .tooLarge)
            }
        }
        object.member("edges_hash", EdgesHash.text(of: explanation))
        BinRows(explanation: explanation).write(to: &object)
        if let place = explanation.place { object.object("gap") { Self.write(place, of: explanation.unit, to: &$0) } }
        object.array("segments") { array in
            for split in entry.splits where split.isDefined { array.object { split.write(to: &$0) } }
        }
        if !explanation.hasSegments { object.member("segments_reason", "no_sum") }
    }

    private static func write(_ place: KolmogorovPlace, of unit: Int, to object: inout JSONWriter) {
        object.member("value", place.value)
        object.member("side", place.isIncluded ? "at" : "below")
        object.member(count: "reference_below", place.reference, of: unit)
        object.member(count: "window_below", place.window, of: unit)
        object.member("reference_cdf", Double(place.reference) / Double(place.referenceTotal))
        object.member("window_cdf", Double(place.window) / Double(place.windowTotal))
    }

    private static func formula(of measure: Measure) -> String? {
        switch measure {
        case .psi: "sum((q - p) * ln(q / p))"
        case .kl: "sum(p * ln(p / q))"
        case .klReverse: "sum(q * ln(q / p))"
        case .jsDistance: "sqrt(sum(p * log2(p / m) + q * log2(q / m)) / 2), m = (p + q) / 2"
        case .hellinger: "sqrt(sum((sqrt(q) - sqrt(p))^2) / 2)"
        case .totalVariation: "sum(|q - p|) / 2"
        case .ks: "max(|F(x) - G(x)|)"
        case .wasserstein: "integral of |F(x) - G(x)|"
        case .chi2: "sum((observed - expected)^2 / expected)"
        case .g: "2 * sum(observed * ln(observed / expected))"
        case .lInfinity: "max(|q - p|)"
        case .cramersV:
            "sqrt(max(0, chi2 / N - d / (N - 1)) / min(d - d^2 / (N - 1), 1 - 1 / (N - 1))), N = n + m, d = k - 1"
        case .energy: "sqrt(2 * integral of (F(x) - G(x))^2)"
        case .cramerVonMises:
            "n m / (n + m)^2 * sum((F(z) - G(z))^2) over both sides' values z; ties with midranks (Anderson 1962)"
        case .andersonDarling:
            "(A - 1) / sigma, A = (N - 1) / N * sum(l n m (F - G)^2 / (H (N - H) - N l / 4)) over groups of l equal "
                + "values, F, G and H at their middle, N = n + m (Scholz and Stephens 1987)"
        case .meanShift: "(window_mean - reference_mean) / reference_std"
        case .spreadShift: "ln(window_std / reference_std)"
        default: nil
        }
    }
}

extension DriftExplanation {
    /// How much drift it is: of a measure with a sign the magnitude.
    fileprivate var size: Double { measure.drift?.isSigned == true ? value.value.magnitude : value.value }
}
