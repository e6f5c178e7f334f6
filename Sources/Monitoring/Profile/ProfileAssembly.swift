import Statistics

/// Puts the parts of a profile together for a model.
struct ProfileAssembly {
    private let profile: ReferenceProfile
    private let schema: ModelSchema
    private let layout: ColumnLayout

    init(_ profile: ReferenceProfile, schema: ModelSchema) {
        self.profile = profile
        self.schema = schema
        layout = ColumnLayout(schema)
    }

    /// The grids of the numeric columns and the categories of the others.
    func grids() throws(PartsError) -> ColumnGrids {
        var grids = ColumnGrids()
        grids.residualScale = profile.residualScale
        for (index, column) in profile.pooled.columns.enumerated() {
            switch column.content {
            case .numeric:
                guard let grid = column.grid else {
                    throw PartsError("/columns/\(index)/cut_points", "give the cut points of the column")
                }
                if grid.count > 0 { grids.numeric[column.name] = grid }
            case .categorical(let parts):
                guard parts.categories.count <= Reference.mostCategories else {
                    throw PartsError(
                        "/columns/\(index)/categories", "give at most \(Reference.mostCategories) by name")
                }
                grids.categories[column.name] = Set(parts.categories.map(\.name))
            }
        }
        return grids
    }

    /// Whether the model has slices of that segment's kind.
    func keeps(_ segment: ByteText) -> Bool {
        if segment == Segment.other { return true }
        guard let parsed = Segment(text: segment.string), parsed.text == segment else { return false }
        return schema.segments.contains(parsed.parts.map(\.feature))
    }

    /// The rows of a slice.
    func pane(of rows: ReferenceProfile.Rows, _ grids: ColumnGrids, _ place: String) throws(PartsError) -> Pane {
        guard (1...NumericParts.mostRows).contains(rows.count) else {
            throw PartsError(place + "/rows", "give how many rows there are, at least 1")
        }
        guard (0...rows.count).contains(rows.undeclared) else {
            throw PartsError(place + "/undeclared", "there are not so many rows")
        }
        var pane = Pane()
        pane.predictions = rows.count
        pane.undeclared = rows.undeclared
        pane.contents.markPartial(rows: rows.count)
        for (index, column) in rows.columns.enumerated() {
            let place = "\(place)/columns/\(index)"
            do throws(PartsError) {
                try add(column, grids, rows: rows.count, to: &pane)
            } catch {
                throw PartsError(place + error.place, error.detail)
            }
        }
        fillAbsent(&pane, grids)
        if let weights = rows.weights { try add(weights, grids, place + "/weights", to: &pane) }
        try addOutcomes(of: rows, grids, place, to: &pane)
        return pane
    }

    /// What weights other than 1 change in the columns of a slice.
    private func add(
        _ weights: ReferenceProfile.Weights, _ grids: ColumnGrids, _ place: String, to pane: inout Pane
    ) throws(PartsError) {
        let more = try part(weights.more, grids, place + "/more", of: pane)
        let less = try part(weights.less, grids, place + "/less", of: pane)
        var missing: [ColumnName: Int128] = [:]
        for (index, column) in weights.missingSquares.enumerated() {
            guard pane.has(column.name), missing.updateValue(column.squares, forKey: column.name) == nil else {
                throw PartsError("\(place)/missing_squares/\(index)", "there is no such column, or it is there twice")
            }
        }
        pane.weights = RowWeights(
            surplus: more.map { [$0] } ?? [], deficit: less.map { [$0] } ?? [], squares: weights.squares,
            missingSquares: missing.filter { $0.value != 0 }, labelSquares: 0, knownSquares: [:])
        // No rows have more effective ones than there are (Cauchy and Schwarz), nor squares that are none.
        guard pane.weightedPredictions > 0, pane.effectiveCount > 0,
            pane.effectiveCount <= Double(pane.predictions) * (1 + 1e-9)
        else { throw PartsError(place + "/squares", "no \(pane.predictions) rows weigh so much with such squares") }
        for (index, column) in weights.missingSquares.enumerated() {
            let values = pane.numeric[column.name]?.count ?? pane.categorical[column.name]?.count ?? 0
            guard pane.effectiveCount(of: column.name) <= Double(values) * (1 + 1e-9) else {
                throw PartsError(
                    "\(place)/missing_squares/\(index)", "the \(values) values left over weigh less than that")
            }
        }
    }

    /// A part of the weights as a pane; nil where it holds nothing.
    private func part(
        _ part: ReferenceProfile.Weights.Part, _ grids: ColumnGrids, _ place: String, of rows: Pane
    ) throws(PartsError) -> Pane? {
        guard part.count > 0 else {
            guard part.columns.isEmpty else { throw PartsError(place + "/rows", "columns of no rows are left out") }
            return nil
        }
        guard part.count <= NumericParts.mostRows else {
            throw PartsError(place + "/rows", "give at most \(NumericParts.mostRows)")
        }
        var pane = Pane()
        pane.predictions = part.count
        for (index, column) in part.columns.enumerated() {
            do throws(PartsError) {
                guard rows.has(column.name) else { throw PartsError("/column", "there is no such column") }
                try add(column, grids, rows: part.count, isPart: true, to: &pane)
            } catch {
                throw PartsError("\(place)/columns/\(index)\(error.place)", error.detail)
            }
        }
        fillAbsent(&pane, grids)
        return pane
    }

    /// A column of `isPart` counts rows as often as their weights say, and tells no extremes and no distinct values.
    private func add(
        _ column: ReferenceProfile.Column, _ grids: ColumnGrids, rows: Int, isPart: Bool = false, to pane: inout Pane
    ) throws(PartsError) {
        guard !column.name.isDerived, let kind = layout.kind(of: column.name) else {
            throw PartsError("/column", "the model has no such column")
        }
        guard !pane.has(column.name) else { throw PartsError("/column", "the column is there twice") }
        switch column.content {
        case .numeric(let parts):
            guard kind == .numeric else { throw PartsError("/kind", "the column of the model holds texts") }
            var summary = try NumericSummary(parts, on: grids.grid(of: column.name), hasExtremes: !isPart)
            if isPart { summary.forgetDistinct() }
            try Self.check(values: summary.count, missing: summary.missing, rows: rows)
            pane.numeric[column.name] = summary
        case .categorical(let parts):
            guard kind == .categorical else { throw PartsError("/kind", "the column of the model holds numbers") }
            let summary = try CategoricalSummary(parts)
            try Self.check(values: summary.count, missing: summary.missing, rows: rows)
            guard summary.named.keys.allSatisfy({ grids.isKnown($0, in: column.name) }) else {
                throw PartsError("/categories", "a category of the segment is none of all rows")
            }
            pane.categorical[column.name] = summary
        }
    }

    private static func check(values: Int, missing: Int, rows: Int) throws(PartsError) {
        guard values + missing == rows else {
            throw PartsError("/missing", "\(values) values and \(missing) missing ones are not \(rows) rows")
        }
    }

    /// Columns that the profile does not have are null in every row, as in rows that do not have them.
    private func fillAbsent(_ pane: inout Pane, _ grids: ColumnGrids) {
        for column in layout.numericNames where !pane.has(column) && !column.isDerived {
            var parts = NumericSummary(grid: grids.grid(of: column)).parts
            parts.missing = pane.predictions
            if let summary = Self.summary(parts, grids.grid(of: column)) { pane.numeric[column] = summary }
        }
        for column in layout.categoricalNames where !pane.has(column) {
            var parts = CategoricalParts()
            parts.missing = pane.predictions
            if let summary = Self.summary(parts) { pane.categorical[column] = summary }
        }
    }

    private static func summary(_ parts: NumericParts, _ grid: RankGrid) -> NumericSummary? {
        do throws(PartsError) { return try NumericSummary(parts, on: grid) } catch { return nil }
    }

    private static func summary(_ parts: CategoricalParts) -> CategoricalSummary? {
        do throws(PartsError) { return try CategoricalSummary(parts) } catch { return nil }
    }

    /// Counts labelled rows one by one, so that everything is known of them that would be of rows.
    private func addOutcomes(
        of rows: ReferenceProfile.Rows, _ grids: ColumnGrids, _ place: String, to pane: inout Pane
    ) throws(PartsError) {
        let rules = OutcomeRules(schema, residualScale: grids.residualScale)
        var total = 0
        for (index, group) in rows.labelled.enumerated() {
            let most = min(rows.count, ReferenceProfile.mostLabelled) - total
            guard group.count > 0, group.count <= most else {
                throw PartsError(
                    "\(place)/labelled/\(index)",
                    "labelled rows are no more than the rows, and at most \(ReferenceProfile.mostLabelled)")
            }
            total += group.count
        }
        var deltas: [OutcomeDelta] = []
        for group in rows.labelled {
            let delta = OutcomeDelta(
                eventTime: .epoch, version: "", segments: [], predicted: group.predicted, score: group.score,
                actual: group.actual, knownAt: .epoch, sign: 1, isReplacement: false, weight: group.weight)
            var left = group.count
            while left > 0 {
                let part = min(left, 65_536 - deltas.count)
                deltas.append(contentsOf: repeatElement(delta, count: part))
                left -= part
                if deltas.count == 65_536 { fold(&deltas, into: &pane, rules) }
            }
        }
        fold(&deltas, into: &pane, rules)
    }

    private func fold(_ deltas: inout [OutcomeDelta], into pane: inout Pane, _ rules: OutcomeRules) {
        pane.fold(deltas, paneEnd: .epoch, grid: PaneGrid(width: .days(1)), rules: rules)
        // A reference is compared with as it is, never as it was.
        pane.outcomes.known = [:]
        pane.weights.forgetKnown()
        deltas = []
    }
}
