/// Why a model's settings were not taken: all mistakes at once.
package struct SchemaRefusal: Error, Hashable, Sendable {
    /// What is wrong, in the order of the settings; never empty.
    package let mistakes: [SchemaMistake]

    /// Whether the settings are sound in themselves and contradict only what the model already is.
    package let isConflict: Bool

    /// A refusal for these reasons.
    package init(mistakes: [SchemaMistake], isConflict: Bool = false) {
        self.mistakes = mistakes
        self.isConflict = isConflict
    }
}
