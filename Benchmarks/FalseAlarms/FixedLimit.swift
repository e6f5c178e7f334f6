import Monitoring
import Statistics

/// What other tools hold a window against, whatever its size.
package enum FixedLimit: String, CaseIterable, Sendable {
    /// The usual first limit of the population stability index.
    case psiTenth = "PSI 0.1"
    /// Its usual second limit.
    case psiQuarter = "PSI 0.25"
    /// Evidently's default for numbers: Wasserstein by the reference's standard deviation.
    case wassersteinTenth = "Wasserstein 0.1"
    /// Evidently's default for categories, and NannyML's for both: Jensen-Shannon distance.
    case jensenShannonTenth = "Jensen-Shannon 0.1"
    /// NannyML's for Kolmogorov-Smirnov: mean and three standard deviations of the reference's own chunks of the same size.
    case threeDeviations = "KS 3 sigma"

    /// How many chunks of a reference are looked at.
    private static let mostChunks = 20

    /// Whether a window reaches it; false where it does not apply.
    func isReached(_ summary: WindowSummary, _ column: ColumnName, _ chunks: Double?) -> Bool {
        let isNumeric = summary.kind(of: column) == .numeric
        switch self {
        case .psiTenth: return value(.psi, summary, column) >= 0.1
        case .psiQuarter: return value(.psi, summary, column) >= 0.25
        case .wassersteinTenth:
            return isNumeric && summary.drift(.wasserstein, column: column)?.normalised ?? 0 >= 0.1
        case .jensenShannonTenth:
            let method = DriftMethod(closing: .right, zeroPolicy: .half, peer: isNumeric ? .nannyml : .evidently)
            return summary.drift(.jsDistance, column: column, method: method)?.value ?? 0 >= 0.1
        case .threeDeviations: return chunks.map { value(.ks, summary, column) > $0 } ?? false
        }
    }

    private func value(_ measure: Measure, _ summary: WindowSummary, _ column: ColumnName) -> Double {
        summary.drift(measure, column: column)?.value ?? 0
    }

    /// Three standard deviations above the mean of what chunks of the reference differ from it in; nil for fewer than three.
    static func chunkLimit(_ rows: [Double], _ size: Int, _ model: SimulatedModel, _ reference: Reference) -> Double? {
        let number = min(rows.count / size, mostChunks)
        guard number >= 3 else { return nil }
        let gaps = (0..<number).compactMap { chunk in
            let pane = model.pane(of: Array(rows[(chunk * size)..<((chunk + 1) * size)]), on: reference)
            return model.summary(pane, against: reference).drift(.ks, column: model.column(0))?.value
        }
        let mean = gaps.reduce(0, +) / Double(gaps.count)
        let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
        return mean + 3 * variance.squareRoot()
    }
}
