import Statistics

/// What makes a schema valid, in the order of the settings.
extension ModelSchema {
    /// The most features that a model may have.
    package static let mostFeatures = 2000

    /// The most embeddings and texts that a model may have, because each has several derived columns.
    package static let mostDerivedFeatures = 64

    /// The most windows that a model may have.
    package static let mostWindows = 32

    /// The most classes that a model may declare.
    package static let mostClasses = 1000

    /// The most combinations of features to slice by, and the most features in one.
    package static let mostSegments = 32

    /// The longest name of a feature or class, in bytes.
    package static let longestName = 512

    /// Everything that is wrong, all at once; empty for a valid schema.
    func mistakes() -> [SchemaMistake] {
        featureMistakes() + embeddingMistakes() + classMistakes() + windowMistakes() + segmentMistakes()
            + gridMistakes() + alertingMistakes()
            + timeMistakes()
    }

    private func featureMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        if features.count > Self.mostFeatures {
            mistakes.append(SchemaMistake("/features", "at most \(Self.mostFeatures) features fit a model"))
        }
        for feature in features {
            let pointer = "/features/\(SchemaMistake.token(feature.name.string))"
            if let detail = Self.nameMistake(feature.name) { mistakes.append(SchemaMistake(pointer, detail)) }
            if feature.kind != .numeric, feature.min != nil || feature.max != nil {
                mistakes.append(SchemaMistake(pointer, "only a numeric feature has min and max"))
            }
            if let min = feature.min, !min.isFinite {
                mistakes.append(SchemaMistake(pointer + "/min", "min must be a finite number"))
            }
            if let max = feature.max, !max.isFinite {
                mistakes.append(SchemaMistake(pointer + "/max", "max must be a finite number"))
            }
            if let min = feature.min, let max = feature.max, min > max {
                mistakes.append(SchemaMistake(pointer + "/max", "max must not be below min"))
            }
        }
        return mistakes
    }

    private func embeddingMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        for feature in features {
            let pointer = "/features/\(SchemaMistake.token(feature.name.string))/dimension"
            switch (feature.kind, feature.dimension) {
            case (.embedding, .some(let dimension)) where !(1...EmbeddingColumn.mostDimensions).contains(dimension):
                let detail = "a dimension lies between 1 and \(EmbeddingColumn.mostDimensions)"
                mistakes.append(SchemaMistake(pointer, detail))
            case (.embedding, nil): mistakes.append(SchemaMistake(pointer, "an embedding needs its dimension"))
            case (.numeric, .some), (.categorical, .some), (.text, .some):
                mistakes.append(SchemaMistake(pointer, "only an embedding has a dimension"))
            default: break
            }
        }
        if features.count(where: { $0.kind == .embedding || $0.kind == .text }) > Self.mostDerivedFeatures {
            let detail = "at most \(Self.mostDerivedFeatures) embeddings and texts fit a model"
            mistakes.append(SchemaMistake("/features", detail))
        }
        return mistakes
    }

    private func classMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        var seen: Set<ByteText> = []
        for (index, name) in classes.enumerated() {
            if let detail = Self.nameMistake(name) { mistakes.append(SchemaMistake("/classes/\(index)", detail)) }
            if !seen.insert(name).inserted {
                mistakes.append(SchemaMistake("/classes/\(index)", "the class \(name.string) is declared twice"))
            }
        }
        if classes.count > Self.mostClasses {
            mistakes.append(SchemaMistake("/classes", "at most \(Self.mostClasses) classes can be declared"))
        }
        if task == .binary, !classes.isEmpty, classes.count != 2 {
            mistakes.append(SchemaMistake("/classes", "a binary model has exactly two classes"))
        }
        if let name = declaredPositiveClass, let detail = Self.nameMistake(name) {
            mistakes.append(SchemaMistake("/positive_class", detail))
        }
        if task == .binary, !classes.isEmpty, !classes.contains(positiveClass) {
            let detail = "\(positiveClass.string) is none of the classes; set positive_class to one of them"
            mistakes.append(SchemaMistake("/positive_class", detail))
        }
        if !(quantile > 0 && quantile < 1) {
            mistakes.append(SchemaMistake("/quantile", "the quantile lies between 0 and 1, as in 0.9"))
        }
        if !threshold.isFinite { mistakes.append(SchemaMistake("/threshold", "the threshold must be a finite number")) }
        return mistakes
    }

    private func windowMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        if windows.isEmpty { mistakes.append(SchemaMistake("/windows", "a model has at least one window")) }
        if windows.count > Self.mostWindows {
            mistakes.append(SchemaMistake("/windows", "at most \(Self.mostWindows) windows fit a model"))
        }
        var lengths: Set<PrometheusDuration> = []
        for (index, window) in windows.enumerated() {
            mistakes += Self.mistakes(of: window, at: "/windows/\(index)")
            if !lengths.insert(window.length).inserted {
                let detail = "another window is just as long; lengths must differ"
                mistakes.append(SchemaMistake("/windows/\(index)/length", detail))
            }
        }
        if mistakes.isEmpty, paneWidth < PrometheusDuration(1, .seconds) {
            let detail = "the steps and offsets have no common divisor of a second or more; make them multiples of 1s"
            mistakes.append(SchemaMistake("/windows", detail))
        }
        guard mistakes.isEmpty else { return mistakes }
        for (index, window) in windows.enumerated() where !paneGrid.divides(window.length) {
            let detail =
                "a pane is \(paneWidth.text), too little for this length: bring the windows' steps closer together"
            mistakes.append(SchemaMistake("/windows/\(index)/length", detail))
        }
        return mistakes
    }

    private static func mistakes(of window: WindowSpec, at pointer: String) -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        if window.step < .minutes(1) { mistakes.append(SchemaMistake(pointer + "/step", "a step is at least 1m")) }
        if window.offset < .zero { mistakes.append(SchemaMistake(pointer + "/offset", "an offset is not negative")) }
        guard window.step > .zero else { return mistakes }
        let (steps, rest) = window.length.microseconds.quotientAndRemainder(dividingBy: window.step.microseconds)
        if steps < 1 || rest != 0 {
            mistakes.append(SchemaMistake(pointer + "/length", "the length must be a multiple of the step"))
        } else if steps > WindowSpec.mostSteps {
            let detail =
                "the length has \(steps) steps; at most \(WindowSpec.mostSteps) are allowed: make the step longer"
            mistakes.append(SchemaMistake(pointer + "/length", detail))
        }
        return mistakes
    }

    private func segmentMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        if segments.count > Self.mostSegments {
            mistakes.append(SchemaMistake("/segments", "at most \(Self.mostSegments) combinations fit a model"))
        }
        var combinations: Set<[ByteText]> = []
        for (index, names) in segments.enumerated() {
            let pointer = "/segments/\(index)"
            if names.isEmpty || names.count > Self.mostSegments {
                mistakes.append(SchemaMistake(pointer, "name one or more features to slice by"))
            }
            if Set(names).count != names.count {
                mistakes.append(SchemaMistake(pointer, "the combination names a feature twice"))
            }
            if !combinations.insert(names.sorted()).inserted {
                mistakes.append(SchemaMistake(pointer, "the same combination is there already"))
            }
            guard featuresFixed else { continue }
            for (place, name) in names.enumerated() where feature(named: name)?.kind != .categorical {
                let detail = "\(name.string) is no categorical feature of the model"
                mistakes.append(SchemaMistake("\(pointer)/\(place)", detail))
            }
        }
        return mistakes
    }

    private func gridMistakes() -> [SchemaMistake] {
        (2...65_536).contains(gridPoints) ? [] : [SchemaMistake("/grid_points", "grid_points lies between 2 and 65536")]
    }

    private func alertingMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        if !(alerting.falseAlarmRate > 0 && alerting.falseAlarmRate < 1) {
            let detail = "a rate lies between 0 and 1, both excluded"
            mistakes.append(SchemaMistake("/alerting/false_alarm_rate", detail))
        }
        for (measure, effect) in alerting.smallestEffect.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where !(effect >= 0 && effect.isFinite) {
            let pointer = "/alerting/smallest_effect/\(measure.rawValue)"
            mistakes.append(SchemaMistake(pointer, "the smallest effect is a finite number of at least 0"))
        }
        if !(alerting.budget.alerts > 0 && alerting.budget.alerts.isFinite) {
            mistakes.append(SchemaMistake("/alerting/budget/alerts", "a budget allows more than 0 alerts"))
        }
        if alerting.budget.per < .minutes(1) {
            mistakes.append(SchemaMistake("/alerting/budget/per", "a budget is for 1m or more"))
        }
        return mistakes
    }

    private func timeMistakes() -> [SchemaMistake] {
        var mistakes: [SchemaMistake] = []
        let durations = [
            ("/watermark_delay", watermarkDelay), ("/allowed_lateness", allowedLateness),
            ("/label_horizon", labelHorizon),
        ]
        for (pointer, duration) in durations where duration < .zero {
            mistakes.append(SchemaMistake(pointer, "the duration is not negative"))
        }
        let retentions = [
            ("/retention/rows", retention.rows), ("/retention/panes", retention.panes),
            ("/retention/day_panes", retention.dayPanes ?? .days(1)),
        ]
        for (pointer, duration) in retentions where duration <= .zero {
            mistakes.append(SchemaMistake(pointer, "a retention is longer than nothing"))
        }
        return mistakes.isEmpty ? paneRetentionMistakes() : mistakes
    }

    /// Windows that begin or end within days are judged while their panes are there.
    private func paneRetentionMistakes() -> [SchemaMistake] {
        guard retention.statistics > retention.panes else { return [] }
        let cutting = windows.filter { window in
            [window.length, window.step, window.offset].contains {
                !$0.microseconds.isMultiple(of: PrometheusDuration.days(1).microseconds)
            }
        }
        guard let needed = cutting.map({ $0.length + $0.step + watermarkDelay + allowedLateness }).max(),
            retention.panes < needed
        else { return [] }
        let detail = "with day_panes, windows that are not of whole days need panes for at least \(needed)"
        return [SchemaMistake("/retention/panes", detail)]
    }

    private static func nameMistake(_ name: ByteText) -> String? {
        let bytes = name.string.utf8
        if bytes.isEmpty || bytes.count > longestName { return "a name has 1 to \(longestName) bytes" }
        return bytes.contains(0) ? "a name cannot contain the character U+0000" : nil
    }
}
