package import Statistics

/// What a window is compared with: the counts of a reference on the same grids, for the same slice.
package struct ReferenceSide: Sendable {
    /// The reference's name.
    package let name: ByteText

    /// The version that values name.
    package let version: Int

    /// Where its rows come from. Only what is derived from a frozen kind may be kept by name and version: the others have
    /// other rows for every window.
    package let kind: ReferenceKind

    /// The stretch of event time of a reference that is not frozen.
    package let stretch: Window?

    /// Its rows, summarised.
    package let pane: Pane

    /// One side of a comparison; for a rolling reference the merged panes of an earlier stretch.
    package init(
        name: ByteText, version: Int, kind: ReferenceKind = .rows, stretch: Window? = nil, pane: Pane,
        calibrator: ScoreCalibrator? = nil, classCalibrators: ClassCalibrators? = nil
    ) {
        self.name = name
        self.version = version
        self.kind = kind
        self.stretch = stretch
        self.pane = pane
        learned = calibrator
        learnedClasses = classCalibrators
    }

    /// What the laws of its measures need, where that is kept; else it is worked out for every window.
    package var noise: ReferenceNoise?

    /// What its scores mean, where that was learned when it was made; else ``calibrator`` learns it.
    private let learned: ScoreCalibrator?

    /// What its scores mean by its labels; nil without labelled scores of both outcomes.
    package var calibrator: ScoreCalibrator? { learned ?? pane.scoreCalibrator }

    private let learnedClasses: ClassCalibrators?

    /// What the scores of each class mean by its labels; nil where that cannot be told.
    package var classCalibrators: ClassCalibrators? { learnedClasses ?? pane.classCalibrators }

    /// How many rows it has.
    package var count: Int { pane.predictions }
}
