package import Statistics

extension Reference {
    /// The grids and counts of a profile, for a model whose features it has.
    ///
    /// - Throws: the place and the reason of the first thing that cannot be so.
    /// - Complexity: O(cells + labelled rows).
    package init(_ profile: ReferenceProfile, schema: ModelSchema) throws(PartsError) {
        let assembly = ProfileAssembly(profile, schema: schema)
        let grids = try assembly.grids()
        let pane = try assembly.pane(of: profile.pooled, grids, "")
        var segments: [ByteText: Pane] = [:]
        for (index, segment) in profile.segments.enumerated() {
            let place = "/segments/\(index)"
            guard assembly.keeps(segment.name) else {
                throw PartsError(place + "/segment", "the model keeps no such segment")
            }
            let rows = try assembly.pane(of: segment.rows, grids, place)
            guard rows.predictions <= pane.predictions, segments.updateValue(rows, forKey: segment.name) == nil else {
                throw PartsError(place, "the segment has more rows than there are, or is there twice")
            }
        }
        self.init(
            name: Self.training, version: 1, effectiveFrom: nil, grids: grids, pane: pane, segments: segments)
    }

    /// The reference laid open. Outcomes are not part of it, because what was predicted where something was true is not kept
    /// together, nor are derived columns, because nobody else could derive them.
    package var profile: ReferenceProfile {
        var profile = ReferenceProfile()
        profile.pooled = rows(of: pane, withGrids: true)
        profile.segments = segments.sorted { $0.key < $1.key }.map {
            (name: $0.key, rows: rows(of: $0.value, withGrids: false))
        }
        profile.residualScale = grids.residualScale
        return profile
    }

    private func rows(of pane: Pane, withGrids: Bool) -> ReferenceProfile.Rows {
        var rows = ReferenceProfile.Rows()
        rows.count = pane.predictions
        rows.undeclared = pane.undeclared
        for (name, summary) in pane.numeric where !name.isDerived {
            rows.columns.append(
                ReferenceProfile.Column(
                    name: name, grid: withGrids ? grids.grid(of: name) : nil, content: .numeric(summary.parts)))
        }
        for (name, summary) in pane.categorical {
            rows.columns.append(
                ReferenceProfile.Column(name: name, grid: nil, content: .categorical(summary.parts)))
        }
        rows.columns.sort { $0.name < $1.name }
        guard pane.isWeighted else { return rows }
        var weights = ReferenceProfile.Weights()
        weights.more = part(of: pane.weights.surplus.first)
        weights.less = part(of: pane.weights.deficit.first)
        weights.squares = pane.weights.squares
        weights.missingSquares = pane.weights.missingSquares.filter { !$0.key.isDerived }
            .sorted { $0.key < $1.key }.map { (name: $0.key, squares: $0.value) }
        rows.weights = weights
        return rows
    }

    private func part(of pane: Pane?) -> ReferenceProfile.Weights.Part {
        var part = ReferenceProfile.Weights.Part()
        guard let pane else { return part }
        let rows = rows(of: pane, withGrids: false)
        part.count = rows.count
        part.columns = rows.columns
        return part
    }

    /// Everything that does not hold of a reference that came as bytes from outside; empty for a sound one.
    package var contradictions: [String] {
        var found = pane.contradictions(timeless: true)
        for (segment, rows) in segments.sorted(by: { $0.key < $1.key }) {
            found += rows.contradictions(timeless: true).map { "\(segment): \($0)" }
            if rows.predictions > pane.predictions { found.append("\(segment): more rows than there are") }
        }
        return found
    }
}
