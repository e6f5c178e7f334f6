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

    func write(to object: inout JSONWriter) {
        question.write(to: &object)
        object.member("by", groups.combination.map(\.string))
        object.member("positive_class", positive?.string, or: .otherTask)
        object.member("smallest", smallest)
        object.member("reference_group", reference?.string, or: .notAsked)
        object.object("rows") { part in
            part.member("all", groups.predictions)
            part.member("grouped", groups.grouped)
            part.member("outside", groups.predictions - groups.grouped)
        }
        let reading = FairnessReading(
            groups.groups.map { ($0.segment.text, .init($0.summary, positive: positive)) }, smallest: smallest,
            reference: reference)
        if positive == nil { writeMeans(reading, to: &object) } else { writeShares(reading, to: &object) }
        for criterion in FairnessCriterion.all(of: question.model.schema.task) {
            object.object(criterion.rawValue) { write(reading.gap(criterion), to: &$0) }
        }
    }

    // MARK: Classes

    private func writeShares(_ reading: FairnessReading, to object: inout JSONWriter) {
        object.member("selection_basis", (reading.basis ?? .predictions).rawValue)
        object.array("groups") { array in
            for group in groups.groups {
                guard let found = reading.outcomes[group.segment.text] else { continue }
                array.object { write(group, found, to: &$0) }
            }
        }
    }

    private func write(_ group: FairnessGroups.Group, _ outcomes: GroupOutcomes, to object: inout JSONWriter) {
        object.member("segment", group.segment.text.string)
        object.member("values", group.segment)
        object.member("predictions", group.summary.predictions)
        object.member("labels", group.summary.labels)
        object.object("rates") { part in
            for rate in FairnessRate.allCases {
                let share = outcomes.share(rate)
                part.object(rate.rawValue) { entry in
                    entry.member("value", share.value, or: .noSuchRows)
                    entry.member("interval", share.interval, or: .noSuchRows)
                    entry.member("hits", share.hits)
                    entry.member("count", share.count)
                    if group.summary.pane.isWeighted { entry.member("effective_count", share.effectiveCount) }
                }
            }
        }
        object.member(
            "insufficient",
            FairnessRate.allCases.filter { outcomes.share($0).effectiveCount < Double(smallest) }.map(\.rawValue))
    }

    private func write(_ gap: FairnessReading.Gap?, to object: inout JSONWriter) {
        guard let gap else { return writeReason(to: &object) }
        object.member("difference", gap.difference)
        object.member("interval", gap.interval, or: .insufficient)
        if let rate = gap.rate {
            object.member("ratio", gap.ratio, or: .undefined)
            object.member("rate", rate.rawValue)
            object.member("p_value", gap.pValue, or: .oneValue)
        }
        object.member("high", gap.high.string)
        object.member("low", gap.low.string)
    }

    private func writeReason(to object: inout JSONWriter) {
        object.null("difference", .insufficient)
        object.member(
            "reason",
            reference == nil
                ? "fewer than two groups have \(smallest) such rows"
                : "the reference group and one other need \(smallest) such rows each")
    }

    // MARK: Numbers

    private func writeMeans(_ reading: FairnessReading, to object: inout JSONWriter) {
        object.array("groups") { array in
            for group in groups.groups {
                let mean = reading.means[group.segment.text]
                let gap = group.summary.performanceGap(.bias)
                array.object { entry in
                    entry.member("segment", group.segment.text.string)
                    entry.member("values", group.segment)
                    entry.member("predictions", group.summary.predictions)
                    entry.member("labels", group.summary.labels)
                    entry.object("mean_residual") { part in
                        part.member("value", mean?.mean, or: gap)
                        part.member("interval", mean?.interval, or: mean == nil ? gap : .insufficient)
                        part.member("count", mean?.count ?? 0)
                        if group.summary.pane.isWeighted {
                            part.member("effective_count", mean?.effectiveCount ?? 0)
                        }
                    }
                    entry.member(
                        "insufficient", (mean?.effectiveCount ?? 0) < Double(smallest) ? ["mean_residual"] : [])
                }
            }
        }
    }
}
