import Monitoring
import Statistics
import Store

extension LiveWindows {
    /// Whether a reference was counted over the same cells as a generation.
    struct FittingKey: Hashable {
        let reference: ReferenceVersion.Key
        let generation: Int32
    }

    /// The running totals of rolling references while windows of one length and slice are read in order.
    struct RollingTotals {
        /// A total with the generation that its panes are of.
        struct Total {
            let generation: Int32
            let reference: ReferenceVersion.Key
            var accumulator: WindowAccumulator
        }

        var totals: [ByteText: Total] = [:]
    }

    /// What a window is compared with under a reference's name.
    ///
    /// For a `reader` the stretch of the whole slice is moved on from its last read of a window of that length. With `ahead`, the
    /// end of the last window that will be read with the same totals, all their panes are loaded at once. The
    /// totals are moved on; what a step costs does not depend on the length of the stretch.
    func comparison(
        _ name: String, _ window: Window, slice: Slice, generation number: Int32, columns: ColumnSelection,
        rankLaws: Bool = true, ahead: Time? = nil, for reader: RunningTotal.Reader? = nil, totals: inout RollingTotals
    ) async throws -> ReferenceComparison {
        guard let index = index(of: number) else { return .none }
        guard let version = version(of: ByteText(name), windowEnd: window.end) else { return .none }
        guard let rolling = version.definition.rolling else {
            return frozenComparison(version, slice: slice, generations[index], columns, rankLaws: rankLaws)
        }
        let gap = { (count: Int, reason: ReferenceGap.Reason) in
            Self.gap(version, rolling.kind, count: count, reason)
        }
        guard generations[index].stored.referenceVersion > 0 else { return gap(0, .noGrid) }
        guard let other = rolling.slice(for: slice) else { return gap(0, .noSegment) }
        let grid = generations[index].panes.grid
        let stretch = rolling.stretch(of: window)
        guard grid.divides(stretch.length), grid.start(of: stretch.end) == stretch.end else {
            return gap(0, .otherPanes)
        }
        let covered = coveredFrom(generations[index])
        guard let covered, stretch.end > covered else { return gap(0, .incomplete) }
        if let reader, other == .pooled {
            let kept = try await runningSummary(
                of: stretch, generation: number, reader, for: version.key, distinct: columns.distinct)
            return kept.map { rollingComparison(version, rolling.kind, stretch, $0.summary.pane, covered: covered) }
                ?? .none
        }
        let known = totals.totals[version.key.name]
        var total =
            known.flatMap { $0.generation == number && $0.reference == version.key ? $0.accumulator : nil }
            ?? WindowAccumulator(length: stretch.length, grid: grid, columns: columns.ofReference)
        totals.totals[version.key.name] = nil
        var starts = total.startsNeeded(for: stretch.end)
        if let ahead, known == nil { starts += grid.starts(from: stretch.end, to: stretch.end + (ahead - window.end)) }
        try await load(starts.map { PaneKey(slice: other, start: $0) }, of: number)
        guard let index = self.index(of: number) else { return .none }
        total.advance(to: stretch.end, shared: { generations[index].panes.shared(PaneKey(slice: other, start: $0)) })
        totals.totals[version.key.name] = RollingTotals.Total(
            generation: number, reference: version.key, accumulator: total)
        return rollingComparison(version, rolling.kind, stretch, total.merged, covered: covered)
    }

    /// The side of a rolling reference whose panes are merged, if it is complete.
    private func rollingComparison(
        _ version: ReferenceVersion, _ kind: ReferenceKind, _ stretch: Window, _ pane: Pane, covered: Time
    ) -> ReferenceComparison {
        guard stretch.start >= covered else { return Self.gap(version, kind, count: pane.predictions, .incomplete) }
        guard pane.predictions > 0 else { return Self.gap(version, kind, count: 0, .empty) }
        return .side(
            ReferenceSide(
                name: ByteText(version.name), version: Int(version.version), kind: kind, stretch: stretch, pane: pane))
    }

    private static func gap(
        _ version: ReferenceVersion, _ kind: ReferenceKind, count: Int, _ reason: ReferenceGap.Reason
    ) -> ReferenceComparison {
        .gap(
            ReferenceGap(
                name: ByteText(version.name), version: Int(version.version), kind: kind, count: count, reason: reason))
    }

    private func frozenComparison(
        _ version: ReferenceVersion, slice: Slice, _ generation: Generation, _ columns: ColumnSelection, rankLaws: Bool
    ) -> ReferenceComparison {
        // Where panes are counted on the grids of an earlier version of the same name, they are compared with that.
        let own = ByteText(version.name) == ByteText(generation.stored.referenceName) ? generation.reference : nil
        guard let frozen = own ?? version.frozen else { return .none }
        let summary = frozen.content
        let gap = { (reason: ReferenceGap.Reason) in
            ReferenceComparison.gap(
                ReferenceGap(
                    name: summary.name, version: summary.version, kind: version.definition.kind, reason: reason))
        }
        guard own != nil || fits(version, generation) else { return gap(.otherGrid) }
        guard var side = summary.side(for: slice, kind: version.definition.kind) else { return gap(.noSegment) }
        // Who reads one column may never ask for a threshold.
        if rankLaws, columns.columns == nil { side.noise = frozen.noise(of: side, slice.segment) }
        return .side(side)
    }

    /// The version of a reference that is in force for windows that end then.
    private func version(of name: ByteText, windowEnd end: Time) -> ReferenceVersion? {
        references.filter { version in
            version.key.name == name && (version.effectiveFrom.map { end > $0 } ?? true)
        }.max { $0.version < $1.version }
    }

    /// Whether a reference was counted over the same cells as a generation.
    func fits(_ version: ReferenceVersion, _ generation: Generation) -> Bool {
        let key = FittingKey(reference: version.key, generation: generation.stored.number)
        if let known = fitting[key] { return known }
        let fits = version.frozen.map { $0.grids.hasSameCells(as: generation.panes.grids) } ?? false
        fitting[key] = fits
        return fits
    }

    /// The time from which on every row that was ever logged is in the panes of a generation, nil before the first event.
    private func coveredFrom(_ generation: Generation) -> Time? {
        guard let first = firstEvent else { return nil }
        let grid = generation.panes.grid
        let kept = newestEvent.map { grid.boundary(notBefore: $0 - schema.retention.panes) }
        return [grid.start(of: first), generation.stored.coversFrom, kept].compactMap(\.self).max()
    }

    /// Whether a reference of that name exists; `training` always may.
    func hasReference(_ name: String) -> Bool {
        let name = ByteText(name)
        return name == ByteText(Self.training) || references.contains { $0.key.name == name && !$0.isHidden }
    }
}
