package import Monitoring

/// How a model's panes are counted.
package struct StoredGeneration: Sendable, Equatable {
    package let number: Int32
    package let paneWidth: PrometheusDuration
    /// The reference whose grids it uses.
    package let referenceName: String
    /// The version of that reference; 0 for no grids.
    package let referenceVersion: Int32
    /// Windows that end after it use this generation; nil means all windows that it covers.
    package let effectiveFrom: Time?
    /// Panes before it are missing because their rows were gone when the generation was made; nil means none are.
    package let coversFrom: Time?
    package var ready: Bool
    /// The model's definition that comes into force with it; nil for the one that is in force.
    package var definition: String?
    /// Whether a newer one has replaced it.
    package var isRetired = false
    /// Whether it is half made and its maker is gone.
    package var isOrphan = false
    /// From which position on the slot that asked folds its rows into it; nil where it has not been told.
    package var foldedAfter: Int64?
    /// Days that end by then may have no panes but day panes; nil where all have theirs.
    package var fineFrom: Time?

    package init(
        number: Int32, paneWidth: PrometheusDuration, referenceName: String = "training", referenceVersion: Int32,
        effectiveFrom: Time?, coversFrom: Time?, ready: Bool, definition: String? = nil
    ) {
        self.number = number
        self.paneWidth = paneWidth
        self.referenceName = referenceName
        self.referenceVersion = referenceVersion
        self.effectiveFrom = effectiveFrom
        self.coversFrom = coversFrom
        self.ready = ready
        self.definition = definition
    }
}
