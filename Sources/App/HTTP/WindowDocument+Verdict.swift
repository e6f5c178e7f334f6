import JSON
import Monitoring

/// What measures of drift are held against.
extension WindowDocument {
    /// Writes threshold and verdict as members of a drift entry; the reason where there is none.
    func writeVerdict(
        _ measure: Measure, _ column: ColumnName, method: DriftMethod? = nil, to object: inout JSONWriter
    ) {
        guard let verdict = verdict(measure, column, method) else { return }
        object.member("threshold", verdict.threshold, or: verdict.gap ?? .insufficient)
        object.member("drifted", verdict.isDrifted, or: verdict.gap ?? .insufficient)
        if let gap = verdict.gap { object.member("reason", gap.rawValue) }
    }

    private func verdict(_ measure: Measure, _ column: ColumnName, _ method: DriftMethod?) -> Verdict? {
        guard let method else { return verdicts.settledVerdict(measure, column: column) }
        var verdicts = verdicts
        return verdicts.verdict(measure, column: column, method: method)
    }
}
