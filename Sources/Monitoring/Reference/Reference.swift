package import Statistics

/// The frozen summary that windows are compared with: grids, and the counts of the reference's own rows on them.
package struct Reference: Sendable {
    /// The name; `training` unless told otherwise.
    package let name: ByteText

    /// Counts the references of that name, from 1.
    package let version: Int

    /// Windows that end after it use this version; nil for all of them.
    package let effectiveFrom: Time?

    /// What columns are counted over, frozen with the reference or taken over from another one.
    package let grids: ColumnGrids

    /// All rows, summarised; how predictions turned out where that is known.
    package let pane: Pane

    /// The rows of each segment, by its text form.
    package let segments: [ByteText: Pane]

    /// What the scores of all rows mean by their labels, learned once.
    private let calibrator: ScoreCalibrator?
    private let classCalibrators: ClassCalibrators?

    init(
        name: ByteText, version: Int, effectiveFrom: Time?, grids: ColumnGrids, pane: Pane, segments: [ByteText: Pane]
    ) {
        self.name = name
        self.version = version
        self.effectiveFrom = effectiveFrom
        self.grids = grids
        self.pane = pane
        self.segments = segments
        calibrator = pane.scoreCalibrator
        classCalibrators = pane.classCalibrators
    }

    /// The name of the reference that decides the grids.
    package static let training: ByteText = "training"

    /// How many rows it has.
    package var count: Int { pane.predictions }

    /// The most categories of a column that are kept by name; further ones share hash cells.
    package static let mostCategories = 65_536

    /// Freezes grids from rows and counts the rows on them.
    ///
    /// - Complexity: O(rows x columns x log rows).
    package static func freezing(
        _ rows: ReferenceRows, schema: ModelSchema, name: ByteText = training, version: Int = 1,
        effectiveFrom: Time? = nil
    ) -> Self {
        let grids = ColumnGrids(freezing: rows, schema: schema)
        return counting(
            rows, on: grids, schema: schema, name: name, version: version, effectiveFrom: effectiveFrom)
    }

    /// Counts the rows of another reference on grids that exist already.
    package static func counting(
        _ rows: ReferenceRows, on grids: ColumnGrids, schema: ModelSchema, name: ByteText, version: Int = 1,
        effectiveFrom: Time? = nil
    ) -> Self {
        let count = ReferenceCount(rows, schema: schema, grids: grids).run()
        return Self(
            name: name, version: version, effectiveFrom: effectiveFrom, grids: grids, pane: count.pane,
            segments: count.segments)
    }

    /// What the windows of a slice are compared with: the same segment of the reference, else all of its rows.
    ///
    /// Nil for a segment of which the reference has no rows.
    package func side(for slice: Slice = .pooled, kind: ReferenceKind = .rows) -> ReferenceSide? {
        guard slice.segment.utf8.isEmpty || slice.segment == Segment.otherVersions else {
            return segments[slice.segment].map { ReferenceSide(name: name, version: version, kind: kind, pane: $0) }
        }
        return ReferenceSide(
            name: name, version: version, kind: kind, pane: pane, calibrator: calibrator,
            classCalibrators: classCalibrators)
    }

    /// The same counts under another name and version.
    package func renamed(_ name: ByteText, version: Int, effectiveFrom: Time?) -> Self {
        Self(
            name: name, version: version, effectiveFrom: effectiveFrom, grids: grids, pane: pane, segments: segments)
    }
}
