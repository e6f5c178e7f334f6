package import Statistics

/// What a client wants a model's settings to be; what is nil keeps its value.
package struct ModelSchemaChange: Hashable, Sendable {
    /// What the model predicts; a new model needs it.
    package var task: ModelSchema.Task?

    /// All features, in order; those that are left out are removed.
    package var features: [FeatureDeclaration]?

    /// All classes.
    package var classes: [ByteText]?

    /// The class that the score speaks for.
    package var positiveClass: ByteText?

    /// From which score on the positive class is predicted where a row does not say.
    package var threshold: Double?

    /// Which quantile a regression predicts, for the pinball loss.
    package var quantile: Double?

    /// All windows.
    package var windows: [WindowSpec]?

    /// Measure names to method names, such as `psi` to `decile-right/half`.
    package var methods: [String: String]?

    /// All combinations of features to slice by.
    package var segments: [[ByteText]]?

    /// Cut points for a numeric feature.
    package var gridPoints: Int?

    /// The share of false alarms of a single test.
    package var falseAlarmRate: Double?

    /// Measure names to the least value worth an alert.
    package var smallestEffect: [String: Double]?

    /// How many tests at once are held to the rate.
    package var control: AlertingSpec.Control?

    /// How many alerts the budget allows.
    package var budgetAlerts: Double?

    /// The stretch of event time that the budget is for.
    package var budgetPer: PrometheusDuration?

    /// How far the watermark stays behind the newest event.
    package var watermarkDelay: PrometheusDuration?

    /// How long after its end a window stays open to verdicts.
    package var allowedLateness: PrometheusDuration?

    /// How long after its prediction a label may reopen a verdict.
    package var labelHorizon: PrometheusDuration?

    /// How long rows are kept.
    package var retentionRows: PrometheusDuration?

    /// How long panes are kept.
    package var retentionPanes: PrometheusDuration?

    /// How long whole days are kept when their panes have gone.
    package var retentionDayPanes: PrometheusDuration?

    /// A change of nothing.
    package init() {}
}
