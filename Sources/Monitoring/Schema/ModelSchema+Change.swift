import Statistics

extension ModelSchema {
    /// A new model from what a client says about it; everything but the task has a default.
    package static func creating(from change: ModelSchemaChange) throws(SchemaRefusal) -> Self {
        let schema = Self(task: change.task ?? .unlabelled)
        do {
            let result = try schema.applying(change)
            if change.task != nil { return result }
        } catch {
            guard change.task == nil else { throw error }
            throw SchemaRefusal(mistakes: [missingTask] + error.mistakes)
        }
        throw SchemaRefusal(mistakes: [missingTask])
    }

    /// The schema after a change; what the change leaves out keeps its value.
    ///
    /// New features are appended and get the next position of their kind; the position of a removed one is never used again.
    /// The task cannot change, and the type of a feature only when a new reference comes with the change.
    package func applying(
        _ change: ModelSchemaChange, withNewReference: Bool = false
    ) throws(SchemaRefusal) -> Self {
        var schema = self
        var mistakes: [SchemaMistake] = []
        var conflicts: [SchemaMistake] = []
        if let wanted = change.task, wanted != task {
            conflicts.append(
                SchemaMistake(
                    "/task", "the model is a \(task.rawValue) model; its task cannot change: create another model"))
        }
        if let declarations = change.features {
            schema.replaceFeatures(
                declarations, allowingNewTypes: withNewReference, mistakes: &mistakes, conflicts: &conflicts)
        }
        schema.setOutputs(change)
        schema.setMethods(change, mistakes: &mistakes)
        schema.setAlerting(change, mistakes: &mistakes)
        schema.setTimes(change)
        mistakes += schema.mistakes()
        if !mistakes.isEmpty { throw SchemaRefusal(mistakes: mistakes + conflicts) }
        if !conflicts.isEmpty { throw SchemaRefusal(mistakes: conflicts, isConflict: true) }
        return schema
    }

    /// The schema with its features decided by the first reference or the first rows.
    ///
    /// Where the features are fixed already the schema stays as it is.
    package func fixing(features declarations: [FeatureDeclaration]) throws(SchemaRefusal) -> Self {
        guard !featuresFixed else { return self }
        var change = ModelSchemaChange()
        change.features = declarations
        return try applying(change)
    }

    /// The schema with some features declared anew, as only a new reference that comes with it may; the others stay as they are.
    ///
    /// A feature of another type is another column: rows that came before have no value of it.
    package func redeclaring(_ declarations: [FeatureDeclaration]) throws(SchemaRefusal) -> Self {
        var merged = features.map {
            FeatureDeclaration(name: $0.name, kind: $0.kind, min: $0.min, max: $0.max, dimension: $0.dimension)
        }
        for declaration in declarations {
            if let place = merged.firstIndex(where: { $0.name == declaration.name }) {
                merged[place] = declaration
            } else {
                merged.append(declaration)
            }
        }
        var change = ModelSchemaChange()
        change.features = merged
        return try applying(change, withNewReference: true)
    }

    private static let missingTask = SchemaMistake(
        "/task", "a new model needs its task: binary, multiclass, regression or none")

    private mutating func replaceFeatures(
        _ declarations: [FeatureDeclaration], allowingNewTypes: Bool, mistakes: inout [SchemaMistake],
        conflicts: inout [SchemaMistake]
    ) {
        var known: [ByteText: Feature] = [:]
        for feature in features { known[feature.name] = feature }
        var seen: Set<ByteText> = []
        features = []
        featuresFixed = true
        for declaration in declarations {
            let pointer = "/features/\(SchemaMistake.token(declaration.name.string))"
            guard seen.insert(declaration.name).inserted else {
                mistakes.append(SchemaMistake(pointer, "the feature is declared twice; keep one of the two"))
                continue
            }
            let old = known[declaration.name]
            if let old, old.kind != declaration.kind, !allowingNewTypes {
                let detail =
                    "the feature is \(old.kind.rawValue); its type changes only with a new reference: \(Self.howToRedeclare)"
                conflicts.append(SchemaMistake(pointer + "/type", detail))
            }
            let isSame = old?.kind == declaration.kind && old?.dimension == declaration.dimension
            if let old, old.kind == declaration.kind, !isSame, !allowingNewTypes {
                let detail =
                    "the feature has another dimension, which changes only with a new reference: \(Self.howToRedeclare)"
                conflicts.append(SchemaMistake(pointer + "/dimension", detail))
            }
            append(declaration, at: isSame ? old?.position : nil)
        }
    }

    private static let howToRedeclare = "put training with ?features= and the features that change"

    private mutating func append(_ declaration: FeatureDeclaration, at position: Int?) {
        let place = position ?? nextPosition(of: declaration.kind)
        features.append(
            Feature(
                name: declaration.name, kind: declaration.kind, position: place, min: declaration.min,
                max: declaration.max, dimension: declaration.dimension))
    }

    private mutating func nextPosition(of kind: FeatureType) -> Int {
        switch kind {
        case .numeric:
            numericPositions += 1
            return numericPositions - 1
        case .categorical, .text:
            categoricalPositions += 1
            return categoricalPositions - 1
        case .embedding:
            embeddingPositions += 1
            return embeddingPositions - 1
        }
    }

    private mutating func setOutputs(_ change: ModelSchemaChange) {
        if let classes = change.classes { self.classes = classes }
        if let positiveClass = change.positiveClass { declaredPositiveClass = positiveClass }
        let text = classText
        classes = classes.map(text.canonical)
        declaredPositiveClass = declaredPositiveClass.map(text.canonical)
        if let threshold = change.threshold { self.threshold = threshold }
        if let quantile = change.quantile { self.quantile = quantile }
        if let windows = change.windows { self.windows = windows }
        if let segments = change.segments { self.segments = segments }
        if let gridPoints = change.gridPoints { self.gridPoints = gridPoints }
    }

    private mutating func setMethods(_ change: ModelSchemaChange, mistakes: inout [SchemaMistake]) {
        for (name, text) in (change.methods ?? [:]).sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            let pointer = "/methods/\(SchemaMistake.token(name))"
            guard name == DriftMeasure.psi.rawValue else {
                mistakes.append(SchemaMistake(pointer, "only psi has several methods to choose from"))
                continue
            }
            guard let method = PSIMethod(numeric: text) else {
                let detail = "write decile-right/half: decile-left or decile-right, then half, floor1e-4 or none"
                mistakes.append(SchemaMistake(pointer, detail))
                continue
            }
            psiMethod = method
        }
    }

    private mutating func setAlerting(_ change: ModelSchemaChange, mistakes: inout [SchemaMistake]) {
        if let rate = change.falseAlarmRate { alerting.falseAlarmRate = rate }
        if let control = change.control { alerting.control = control }
        if let alerts = change.budgetAlerts { alerting.budget.alerts = alerts }
        if let per = change.budgetPer { alerting.budget.per = per }
        guard let effects = change.smallestEffect else { return }
        for (name, effect) in effects.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
            guard let measure = DriftMeasure(rawValue: name) else {
                let names = DriftMeasure.allCases.map(\.rawValue).joined(separator: ", ")
                let pointer = "/alerting/smallest_effect/\(SchemaMistake.token(name))"
                mistakes.append(SchemaMistake(pointer, "no drift measure has that name; known are \(names)"))
                continue
            }
            alerting.smallestEffect[measure] = effect
        }
    }

    private mutating func setTimes(_ change: ModelSchemaChange) {
        if let delay = change.watermarkDelay { watermarkDelay = delay }
        if let lateness = change.allowedLateness { allowedLateness = lateness }
        if let horizon = change.labelHorizon { labelHorizon = horizon }
        if let rows = change.retentionRows { retention.rows = rows }
        if let panes = change.retentionPanes { retention.panes = panes }
        if let days = change.retentionDayPanes { retention.dayPanes = days }
    }
}
