import Monitoring
import Query
import Statistics

extension SeriesReader {
    /// One series: its labels, and where its values come from.
    struct Series: Sendable {
        let labels: Labels
        let name: SeriesName
        let column: ColumnName?

        /// The value at a window's end, nil for none.
        func value(in view: inout View) -> Double? {
            let window = view.window(for: name)
            if let column, column.featureName == nil, !window.summary.hasOutput(column) { return nil }
            switch name.aspect {
            case .value: return window.summary.value(of: name.measure, column: column)
            case .reference: return window.summary.referenceValue(of: name.measure, column: column)
            case .threshold: return view.verdicts.threshold(name.measure, column: column)
            case .thresholdLow: return view.verdicts.thresholdLow(name.measure, column: column)
            case .normalised: return column.flatMap { window.summary.drift(name.measure, column: $0)?.normalised }
            case .drifted:
                return view.verdicts.verdict(name.measure, column: column)?.isDrifted.map { $0 ? 1 : 0 }
            case .low: return window.summary.estimate(of: name.measure)?.interval?.low
            case .high: return window.summary.estimate(of: name.measure)?.interval?.high
            case .decay: return window.summary.decay(of: name.measure)?.value
            case .decayLow: return window.summary.decay(of: name.measure)?.interval?.low
            case .error, .trust: return window.summary.trial(name)
            }
        }

        /// The value of groups that are compared, nil for none.
        func value(of reading: FairnessReading) -> Double? {
            let gap = name.measure.fairness.flatMap(reading.gap)
            switch name.aspect {
            case .value: return name.measure.value(of: reading)
            case .low: return gap?.interval?.low
            case .high: return gap?.interval?.high
            case .reference, .threshold, .thresholdLow, .normalised, .drifted, .decay, .decayLow, .error, .trust:
                return nil
            }
        }
    }

    /// Series that come from the same windows, so that each window is read once for all of them.
    struct Group: Sendable {
        let window: WindowSpec
        let slice: Slice
        let reference: String
        let series: [Series]
        /// The combination of features whose groups are compared; nil where windows are read by themselves.
        var combination: [ByteText]?

        /// What of the panes is needed.
        var columns: ColumnSelection {
            let parts = series.map { one in
                let value = ColumnSelection(measure: one.name.measure, column: one.column)
                return one.name.aspect.needsIntervals ? value.withIntervals : value
            }
            let outcomes = Set(parts.map(\.outcomes))
            let needed: ColumnSelection.OutcomePart =
                outcomes.contains(.all) ? .all : outcomes.contains(.counts) ? .counts : .none
            let columns = parts.reduce(into: Set<ColumnName>()) { $0.formUnion($1.columns ?? []) }
            // A verdict may depend on the other columns.
            let isJudged = series.contains { $0.name.aspect == .drifted }
            return ColumnSelection(
                columns: isJudged ? nil : columns, outcomes: needed,
                distinct: parts.contains(where: \.distinct),
                earlierWeeks: parts.contains(where: \.earlierWeeks))
        }

        /// What is asked of a window that is read whole.
        var needs: ReadingNeeds {
            let columns = columns
            return ReadingNeeds(
                distinct: columns.distinct, weeks: columns.earlierWeeks,
                rankLaws: series.contains {
                    $0.name.aspect.needsVerdicts && ($0.name.measure.drift?.isRanked ?? false)
                })
        }

        /// Names a window of the group for a cache; plain ASCII, because keys that are texts are compared as Unicode.
        func cacheKey(endingAt end: Time) -> String {
            let parts = [slice.segment.string, slice.version.string, reference].map { part in
                part.utf8.map { String($0, radix: 16) }.joined(separator: ".")
            }
            return "\(end.microseconds) \(window.length.microseconds) " + parts.joined(separator: " ")
        }
    }
}

extension SeriesReader.Selection {
    /// The series, those together that are read together.
    var groups: [SeriesReader.Group] {
        var names: Set<String> = []
        for choice in choices { names.formUnion(choice.references.map { $0 ?? SeriesReader.standardReference }) }
        var groups: [SeriesReader.Group] = []
        for window in windows {
            for slice in slices {
                for reference in names.sorted() {
                    let series = series(window, slice, reference)
                    if !series.isEmpty {
                        groups.append(
                            SeriesReader.Group(window: window, slice: slice, reference: reference, series: series))
                    }
                }
            }
            if slices.contains(.pooled) { groups += comparisons(window) }
        }
        return groups
    }

    /// The series that compare groups: of each declared combination by itself.
    private func comparisons(_ window: WindowSpec) -> [SeriesReader.Group] {
        combinations.compactMap { combination in
            let column = SeriesReader.column(of: combination)
            let series = choices.filter { $0.name.measure.scope == .fairness && $0.columns.contains(column) }.map {
                SeriesReader.Series(
                    labels: labels($0.name, column, nil, .pooled, window), name: $0.name, column: column)
            }
            guard !series.isEmpty else { return nil }
            return SeriesReader.Group(
                window: window, slice: .pooled, reference: SeriesReader.standardReference, series: series,
                combination: combination)
        }
    }

    private func series(_ window: WindowSpec, _ slice: Slice, _ reference: String) -> [SeriesReader.Series] {
        var list: [SeriesReader.Series] = []
        for choice in choices where choice.name.measure.scope != .fairness {
            for compared in choice.references where (compared ?? SeriesReader.standardReference) == reference {
                for column in choice.columns {
                    let labels = labels(choice.name, column, compared, slice, window)
                    list.append(SeriesReader.Series(labels: labels, name: choice.name, column: column))
                }
            }
        }
        return list
    }

    private func labels(
        _ name: SeriesName, _ column: ColumnName?, _ reference: String?, _ slice: Slice, _ window: WindowSpec
    ) -> Labels {
        [
            Labels.metricName: name.text, "feature": column?.address ?? "", "measure": name.measureLabel ?? "",
            "model": model,
            "reference": reference ?? "",
            "segment": slice.segment.string, "version": slice.version.string, "window": window.length.text,
        ]
    }

    /// Every value that a label has in the chosen series; without the empty one.
    func values(of label: String) -> [String] {
        guard !isEmpty else { return [] }
        return switch label {
        case Labels.metricName: choices.map(\.name.text)
        case "feature": choices.flatMap(\.columns).compactMap { $0?.address }
        case "measure": choices.compactMap(\.name.measureLabel)
        case "model": [model]
        case "reference": choices.flatMap(\.references).compactMap(\.self)
        case "segment": slices.map(\.segment.string).filter { !$0.isEmpty }
        case "version": slices.map(\.version.string).filter { !$0.isEmpty }
        case "window": windows.map(\.length.text)
        default: []
        }
    }
}

extension WindowSummary {
    /// How an expected measure did on the labelled rows, as a series tells it; nil where it was not tried.
    func trial(_ name: SeriesName) -> Double? {
        let trial = estimateTrial(of: name.measure)
        return name.aspect == .trust ? trial.map { $0.isInside ? 1 : 0 } : trial?.error
    }

    /// Whether an output was ever given: a model that has no scores is not one whose scores are missing.
    func hasOutput(_ column: ColumnName) -> Bool {
        switch kind(of: column) {
        case .numeric: numeric(column).count > 0 || (reference?.pane.numeric[column]?.count ?? 0) > 0
        case .categorical: categorical(column).count > 0 || (reference?.pane.categorical[column]?.count ?? 0) > 0
        case nil: false
        }
    }
}
