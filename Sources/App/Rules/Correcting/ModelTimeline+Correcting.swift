import Alerting
import Integrations
import Monitoring
import Query
import Store

/// Verdicts of the past that late rows and labels change; see `docs/decisions/0028`.
extension ModelTimeline {
    /// The most evaluations of one pass.
    private static let mostEvaluations = 500

    /// Looks again at what was told, where windows changed after they were judged.
    mutating func correct(_ record: inout some TimelineRecord, isLive: Bool, now: Time) async throws {
        guard let judgedTo = evaluatedTo else { return }
        let finest = model.schema.windows.map(\.step).min() ?? .hours(1)
        let period = max(model.schema.allowedLateness, finest)
        guard let reopening = corrections.take(clock: judgedTo, every: period, now: now) else { return }
        let longest = judged.flatMap(\.group.rules).map(\.holdDuration).max() ?? .zero
        let events = try await record.history(since: reopening.from - longest)
        let reader = LiveWindows.RunningTotal.Reader.past(.random(in: .min ... .max))
        perspective = Perspective(time: nil, reader: reader)
        let found = try await findCorrections(of: events, reopening, upTo: judgedTo)
        let missed = try await findMissed(reopening, upTo: judgedTo, among: events)
        perspective = .now
        await model.windows.forgetTotals(of: reader)
        guard !found.isEmpty || !missed.isEmpty else { return }
        var step = EvaluationStep(model: model.id, evaluatedTo: judgedTo)
        for (correction, alert) in found {
            let isTold = try await tell(correction, of: alert, record, isLive: isLive, now: now, into: &step)
            step.events.append(correction.entry(at: judgedTo, isNotified: isTold))
        }
        for one in missed {
            let correction = one.correction(Correction.Cause(reopening))
            let isTold = tell(one, correction, isLive: isLive, at: judgedTo, now: now, into: &step)
            step.events.append(correction.entry(at: judgedTo, isNotified: isTold))
            step.alerts.append(Self.stored(one.resolved, rule: one.rule))
            resolved["\(one.rule) \(one.alert.fingerprint)"] = one.resolved
        }
        try await record.commit(step)
    }

    private func findCorrections(
        of events: [AlertEvent], _ reopening: LiveWindows.Reopening, upTo judgedTo: Time
    ) async throws -> [(Correction, Alert)] {
        let states = knownAlerts
        var found: [(Correction, Alert)] = []
        var evaluations = 0
        // The newest first: they are the ones that somebody still looks at.
        for (index, event) in events.enumerated().reversed() where evaluations < Self.mostEvaluations {
            guard event.from != event.to, let verdict = AlertVerdict(rawValue: event.to),
                verdict == .firing || verdict == .resolved,
                let place = place(of: event.rule), let alert = states[event.rule + " " + event.fingerprint],
                isOpen(event, place.rule, reopening, judgedTo)
            else { continue }
            let slots = slots(of: event, in: events[..<index], place.group.interval, verdict)
            var now = verdict
            var value: Double?
            for slot in slots where now == verdict {
                evaluations += 1
                let seen = try await look(at: place.rule, place.group, alert, slot)
                value = seen.value
                if verdict == .firing, seen.holds == false { now = .inactive }
                if verdict == .resolved, seen.holds == true { now = .firing }
            }
            let told = events.compactMap { entry in
                entry.rule == event.rule && entry.fingerprint == event.fingerprint ? Correction.read(entry) : nil
            }
            .last { $0.slot == event.slot.rfc3339 && $0.was == event.to }
            guard now.rawValue != told?.wouldBe ?? event.to else { continue }
            found.append(
                (Correction(event: event, verdict: now, value: value, cause: Correction.Cause(reopening)), alert))
        }
        return found.reversed()
    }

    /// The alerts that fire and those that were resolved, by rule and fingerprint.
    private var knownAlerts: [String: Alert] {
        var alerts = resolved
        for (row, alert) in Self.alertsByRow(judged) { alerts["\(row.rule) \(row.fingerprint)"] = alert }
        return alerts
    }

    private func place(of path: String) -> (group: RuleGroup, rule: Rule)? {
        for one in judged where path.hasPrefix(one.path + "/") {
            let key = path.dropFirst(one.path.count + 1)
            if let rule = one.group.rules.first(where: { $0.kind == .alert && $0.key == key }) {
                return (one.group, rule)
            }
        }
        return nil
    }

    /// Whether the slot saw what changed, and may still be corrected.
    private func isOpen(
        _ event: AlertEvent, _ rule: Rule, _ reopening: LiveWindows.Reopening, _ judgedTo: Time
    ) -> Bool {
        guard event.reason != TransitionReason.ruleRemoved.description else { return false }
        // What rules recorded long ago is not there any more, so nothing can be said of rules that read it.
        let names = rule.expression.selectors.map { $0.name ?? "" }
        guard names.allSatisfy(SeriesName.isModelSeries) else { return false }
        let byRows = reopening.hasRows && event.slot >= judgedTo - model.schema.allowedLateness
        let byLabels =
            reopening.hasLabels && Self.readsLabels(rule) && event.slot >= judgedTo - model.schema.labelHorizon
        guard byRows || byLabels else { return false }
        let spans = rule.expression.spans(from: event.slot, through: event.slot).map { event.slot - $0.start }
        let longest = model.schema.windows.map { $0.length + SeriesReader.lookback(of: $0) }.max() ?? .zero
        let look = longest + max(spans.max() ?? .zero, .zero) + rule.holdDuration
        return event.slot > reopening.from && event.slot - look <= reopening.to
    }

    /// The slots at which the condition had to be as it was for the event to happen.
    private func slots(
        of event: AlertEvent, in earlier: ArraySlice<AlertEvent>, _ interval: PrometheusDuration,
        _ verdict: AlertVerdict
    ) -> [Time] {
        guard verdict == .firing else { return [event.slot] }
        let pending = earlier.last {
            $0.rule == event.rule && $0.fingerprint == event.fingerprint && $0.to == "pending"
        }
        guard let start = pending?.slot, event.from == "pending", start < event.slot else { return [event.slot] }
        let ends = model.schema.windows.flatMap { $0.ends(from: start, to: event.slot, limit: 100) }
        let between = Set(ends.map { $0.ceil(toMultipleOf: interval) }).filter { $0 > start && $0 < event.slot }
        return [event.slot, start] + between.sorted().prefix(48)
    }

    /// Whether a rule's condition holds for an alert at a slot, with what is known now, and its value.
    ///
    /// Nil where that cannot be told: the evaluation fails, or a series that the alert rests on has no sample.
    private func look(
        at rule: Rule, _ group: RuleGroup, _ alert: Alert, _ slot: Time
    ) async throws -> (holds: Bool?, value: Double?) {
        var cache: [String: WindowReading] = [:]
        let series = try await series(of: rule.expression, at: slot, &cache)
        let evaluation = RuleEvaluation(
            of: rule, at: slot, series: series, limit: group.limit, externalURL: identity.externalURL)
        guard case .alerts(let elements) = evaluation.outcome else { return (nil, nil) }
        if let element = elements.first(where: { $0.labels == alert.labels }) { return (true, element.value) }
        var firing = alert
        firing.verdict = .firing
        let plainRule = Rule(kind: .alert, name: rule.name, key: rule.key, expression: rule.expression)
        var book = AlertBook(rules: [plainRule], alerts: [firing])
        let isOver = book.apply(evaluation, at: slot).contains { $0.verdict == .resolved }
        guard isOver else { return (nil, nil) }
        // The value that failed the comparison: that of the side whose value the expression passes on.
        let valued = Rule(
            kind: .alert, name: rule.name, key: rule.key, expression: rule.expression.valued, labels: rule.labels)
        let plain = RuleEvaluation(of: valued, at: slot, series: series)
        guard case .alerts(let all) = plain.outcome else { return (false, nil) }
        return (false, all.first { $0.labels == alert.labels }?.value)
    }

    /// Tells whoever was told of the first verdict, once; says whether anybody is.
    private mutating func tell(
        _ correction: Correction, of alert: Alert, _ record: some TimelineRecord, isLive: Bool, now: Time,
        into step: inout EvaluationStep
    ) async throws -> Bool {
        let event = correction.event
        let history = try await record.history(since: event.slot).filter {
            $0.rule == event.rule && $0.fingerprint == event.fingerprint
        }
        let isFirst = !history.contains { Correction.read($0).map { $0.slot == event.slot.rfc3339 } ?? false }
        let next = history.first { $0.slot > event.slot && ($0.to == "firing" || $0.to == "resolved") }?.slot
        guard isFirst, let notified = notified(alert, correction) else { return false }
        var destinations: Set<Destination> = []
        for delivery in try await record.deliveries(of: event.fingerprint) {
            let told = delivery.record.delivery
            guard delivery.status == event.to, told.eventTime >= event.slot, next.map({ told.eventTime < $0 }) ?? true
            else { continue }
            destinations.insert(told.destination)
        }
        var isTold = false
        for destination in destinations.sorted(by: { ($0.name, $0.channel) < ($1.name, $1.channel) }) {
            let firing = judged.flatMap(\.book.alerts).filter { $0.verdict == .firing }.map(\.labels)
            isTold =
                told.correct(
                    notified, at: destination, settings, firing: firing, time: evaluatedTo ?? event.slot,
                    replayed: !isLive, now: now, into: &step) || isTold
        }
        return isTold
    }

    /// The alert as it is, with what is corrected.
    func notified(_ alert: Alert, _ correction: Correction) -> NotifiedAlert? {
        var told = alert
        told.annotations.removeAll { $0.name == Self.correctionAnnotation }
        told.annotations.append(Label(name: Self.correctionAnnotation, value: correction.text))
        told.annotations.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return NotifiedAlert(told, generatorURL: generatorURL(of: alert.labels, at: correction.event.slot))
    }

    private static let correctionAnnotation = "correction"
}
