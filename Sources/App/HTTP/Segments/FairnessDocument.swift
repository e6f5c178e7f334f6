import JSON
import Monitoring
import Statistics

/// Fairness of one window as JSON.
struct FairnessDocument {
    let question: WindowQuestion
    let groups: FairnessGroups
    let smallest: Int
    let reference: ByteText?
    /// The class that counts as positive; nil for a regression.
    let positive: ByteText?

    /// The criteria with the rates that they compare.
    private static let criteria: [(name: String, rates: [FairnessRate])] = [
        ("demographic_parity", [.selection]), ("equal_opportunity", [.truePositive]),
        ("equalised_odds", [.truePositive, .falsePositive]), ("predictive_parity", [.precision]),
        ("accuracy_parity", [.accuracy]),
    ]

    func write(to object: inout JSONWriter) {
        question.write(to: &object)
        object.member("by", groups.combination.map(\.string))
        object.member("positive_class", positive?.string)
        object.member("smallest", smallest)
        object.member("reference_group", reference?.string)
        object.object("rows") { part in
            part.member("all", groups.predictions)
            part.member("grouped", groups.grouped)
            part.member("outside", groups.predictions - groups.grouped)
        }
        if let positive { writeShares(positive, to: &object) } else { writeMeans(to: &object) }
    }

    // MARK: Classes

    private func writeShares(_ positive: ByteText, to object: inout JSONWriter) {
        let read = groups.groups.map { ($0, $0.summary.groupOutcomes(positive: positive)) }
        // Groups are compared on one basis: rows with labels where one group does not say what was predicted of all.
        let isLabelled = read.contains { $0.1.basis == .labels }
        let basis = isLabelled ? SelectionBasis.labels : read.first?.1.basis ?? .predictions
        var outcomes: [ByteText: GroupOutcomes] = [:]
        for (group, found) in read {
            outcomes[group.segment.text] =
                isLabelled
                ? GroupOutcomes(group.summary.counts.confusion, positive: positive, predicted: nil) : found.outcomes
        }
        object.member("selection_basis", basis.rawValue)
        object.array("groups") { array in
            for group in groups.groups {
                guard let found = outcomes[group.segment.text] else { continue }
                array.object { write(group, found, to: &$0) }
            }
        }
        for (name, rates) in Self.criteria {
            let gaps = rates.map { FairnessGap($0, groups: outcomes, smallest: smallest, reference: reference) }
            object.object(name) { write(gaps, to: &$0) }
        }
    }

    private func write(_ group: FairnessGroups.Group, _ outcomes: GroupOutcomes, to object: inout JSONWriter) {
        object.member("segment", group.segment.text.string)
        object.member("values", group.segment)
        object.member("predictions", group.summary.predictions)
        object.member("labels", group.summary.labels)
        object.object("rates") { part in
            for rate in FairnessRate.allCases {
                let (hits, count) = outcomes.rate(rate)
                part.object(rate.rawValue) { entry in
                    entry.member("value", count > 0 ? Double(hits) / Double(count) : nil)
                    entry.member("interval", Interval.share(hits: Double(hits), of: Double(count)))
                    entry.member("hits", hits)
                    entry.member("count", count)
                }
            }
        }
        object.member(
            "insufficient",
            FairnessRate.allCases.filter { outcomes.rate($0).count < smallest }.map(\.rawValue))
    }

    /// Writes the widest of the gaps of a criterion; without one of them there is none.
    private func write(_ gaps: [FairnessGap?], to object: inout JSONWriter) {
        let found = gaps.compactMap(\.self)
        guard found.count == gaps.count,
            let widest = found.max(by: { $0.difference.magnitude < $1.difference.magnitude })
        else { return writeReason(to: &object) }
        object.member("difference", widest.difference)
        object.member("interval", widest.interval)
        object.member("ratio", widest.ratio)
        object.member("rate", widest.rate.rawValue)
        object.member("high", widest.high.string)
        object.member("low", widest.low.string)
        // With several rates the least p-value counts as often as there are rates (Bonferroni).
        let pValues = found.compactMap(\.pValue)
        object.member("p_value", pValues.min().map { min($0 * Double(found.count), 1) })
    }

    private func writeReason(to object: inout JSONWriter) {
        object.member("difference", JSONNode.null)
        object.member(
            "reason",
            reference == nil
                ? "fewer than two groups have \(smallest) such rows"
                : "the reference group and one other need \(smallest) such rows each")
    }

    // MARK: Numbers

    private func writeMeans(to object: inout JSONWriter) {
        let means = groups.groups.map { group in
            group.summary.counts.residuals.flatMap { MeanGap.Group(name: group.segment.text, residuals: $0) }
        }
        object.array("groups") { array in
            for (group, mean) in zip(groups.groups, means) {
                array.object { entry in
                    entry.member("segment", group.segment.text.string)
                    entry.member("values", group.segment)
                    entry.member("predictions", group.summary.predictions)
                    entry.member("labels", group.summary.labels)
                    entry.object("mean_residual") { part in
                        part.member("value", mean?.mean)
                        part.member("interval", mean?.interval)
                        part.member("count", mean?.count ?? 0)
                    }
                    entry.member("insufficient", (mean?.count ?? 0) < smallest ? ["mean_residual"] : [])
                }
            }
        }
        object.object("mean_residual_parity") { part in
            guard let gap = MeanGap(means.compactMap(\.self), smallest: smallest, reference: reference) else {
                return writeReason(to: &part)
            }
            part.member("difference", gap.difference)
            part.member("interval", gap.interval)
            part.member("high", gap.high.string)
            part.member("low", gap.low.string)
        }
    }
}
