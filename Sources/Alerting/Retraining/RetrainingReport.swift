/// What a job says about its run in a call-back.
package struct RetrainingReport: Hashable, Sendable {
    /// The states that a job can report; the raw values are those of the call-back's `state`.
    package enum State: String, Hashable, CaseIterable, Sendable {
        /// The job runs.
        case running
        /// The job is done.
        case succeeded
        /// The job has failed.
        case failed
    }

    /// The reported state.
    package let state: State
    /// The version of the new model, where there is one.
    package let modelVersion: String?
    /// Figures about the new model as JSON text, where there are any.
    package let metrics: String?

    /// A report with all its parts.
    package init(state: State, modelVersion: String? = nil, metrics: String? = nil) {
        self.state = state
        self.modelVersion = modelVersion
        self.metrics = metrics
    }
}
