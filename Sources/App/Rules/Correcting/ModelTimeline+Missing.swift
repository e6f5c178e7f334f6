import Alerting
import Integrations
import Monitoring
import Query
import Store

/// Alerts that late rows and labels would have made; see `docs/decisions/0035`.
extension ModelTimeline {
    /// The most evaluations of one pass, those of the newest slots.
    private static let mostEvaluations = 100

    /// Alerts that would have fired at slots that saw what changed, had it come in time, and that did not.
    ///
    /// Slots before the rules and references were as they are now are left alone: there, other things than lateness may differ.
    func findMissed(
        _ reopening: LiveWindows.Reopening, upTo judgedTo: Time, among events: [AlertEvent]
    ) async throws -> [MissedAlert] {
        guard let since = knownSince else { return [] }
        let known = Self.alertsByRow(judged)
        var room = Self.mostEvaluations
        var found: [MissedAlert] = []
        for one in judged {
            for rule in one.group.rules where rule.kind == .alert && room > 0 {
                guard let first = firstSlot(of: rule, reopening, judgedTo) else { continue }
                // A rule that came at some slot has waited for nothing before it.
                let start = max(first - rule.holdDuration, since)
                let slots = slots(of: one.group, after: start, reopening, judgedTo).suffix(room)
                room -= slots.count
                let path = "\(one.path)/\(rule.key)"
                found += try await missed(rule, path, one.group, Array(slots)).filter { missed in
                    missed.slot > max(first, since)
                        && known[AlertRow(rule: path, fingerprint: missed.alert.fingerprint)] == nil
                        && !missed.isKnown(in: events)
                }
            }
        }
        return found
    }

    /// From when on verdicts of a rule may still be corrected by what changed; nil where they may not.
    private func firstSlot(of rule: Rule, _ reopening: LiveWindows.Reopening, _ judgedTo: Time) -> Time? {
        // What rules recorded long ago is not there any more.
        guard rule.expression.selectors.allSatisfy({ SeriesName.isModelSeries($0.name ?? "") }) else { return nil }
        let byLabels = reopening.hasLabels && Self.readsLabels(rule) ? judgedTo - model.schema.labelHorizon : nil
        let byRows = reopening.hasRows ? judgedTo - model.schema.allowedLateness : nil
        return [byLabels, byRows].compactMap(\.self).min().map { max($0, reopening.from) }
    }

    /// The slots of a group that saw what changed, but for the newest, which is judged anew anyhow.
    private func slots(
        of group: RuleGroup, after first: Time, _ reopening: LiveWindows.Reopening, _ judgedTo: Time
    ) -> [Time] {
        let newest = judgedTo.floor(toMultipleOf: group.interval)
        let longest = model.schema.windows.map { $0.length + SeriesReader.lookback(of: $0) }.max() ?? .zero
        let last = min(newest, reopening.to + longest)
        guard first < last else { return [] }
        let ends = model.schema.windows.flatMap { $0.ends(from: first, to: last, limit: 10_000) }
        return Set(ends.map { $0.ceil(toMultipleOf: group.interval) }).filter { $0 > first && $0 < newest }.sorted()
    }

    /// What a rule would have fired at slots that follow each other.
    private func missed(
        _ rule: Rule, _ path: String, _ group: RuleGroup, _ slots: [Time]
    ) async throws -> [MissedAlert] {
        var book = AlertBook(rules: [rule])
        var fired: [Fingerprint: (alert: Alert, slot: Time)] = [:]
        var found: [MissedAlert] = []
        for slot in slots {
            var cache: [String: WindowReading] = [:]
            let series = try await series(of: rule.expression, at: slot, &cache)
            let evaluation = RuleEvaluation(
                of: rule, at: slot, series: series, limit: group.limit, externalURL: identity.externalURL)
            for transition in book.apply(evaluation, at: slot) where transition.isNotable {
                let print = transition.alert.fingerprint
                if transition.verdict == .firing {
                    fired[print] = (transition.alert, slot)
                } else if let begun = fired.removeValue(forKey: print) {
                    found.append(MissedAlert(rule: path, alert: begun.alert, slot: begun.slot, end: slot))
                }
            }
        }
        let end = slots.last.map { $0 + group.interval }
        for begun in fired.values {
            found.append(MissedAlert(rule: path, alert: begun.alert, slot: begun.slot, end: end ?? begun.slot))
        }
        return found.sorted { ($0.slot, $0.alert.fingerprint) < ($1.slot, $1.alert.fingerprint) }
    }

    /// Whether labels matter to a rule.
    static func readsLabels(_ rule: Rule) -> Bool {
        rule.expression.selectors.compactMap { SeriesName($0.name ?? "")?.measure }.contains { measure in
            measure.dependsOnLabelTimes || [.performance, .estimate, .fairness].contains(measure.scope)
        }
    }

    /// Tells everybody whom the alert concerns that it would have fired; says whether anybody is told.
    mutating func tell(
        _ missed: MissedAlert, _ correction: Correction, isLive: Bool, at time: Time, now: Time,
        into step: inout EvaluationStep
    ) -> Bool {
        guard let notified = notified(missed.resolved, correction) else { return false }
        let firing = judged.flatMap(\.book.alerts).filter { $0.verdict == .firing }.map(\.labels)
        var isTold = false
        for group in settings.notifications.groups(for: missed.alert.labels) {
            guard settings.notifications.channel(of: group.destination)?.audience.sendsResolved ?? false else {
                continue
            }
            isTold =
                told.correct(
                    notified, at: group.destination, settings, firing: firing, time: time, replayed: !isLive, now: now,
                    makesGroup: true, into: &step) || isTold
        }
        return isTold
    }
}
