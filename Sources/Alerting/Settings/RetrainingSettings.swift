internal import Statistics

/// What is retrained, and when: the content of `retraining.yaml`.
package struct RetrainingSettings: Hashable, Sendable {
    /// The policies in the order of the file, with distinct names.
    package let policies: [RetrainingPolicy]

    /// Policies with distinct names.
    package init(policies: [RetrainingPolicy]) {
        self.policies = policies
    }

    /// The settings of a service without `retraining.yaml`.
    package static let none = Self(policies: [])

    /// The policy of a name, or nil.
    package func policy(named name: String) -> RetrainingPolicy? {
        policies.first { ByteText($0.name) == ByteText(name) }
    }

    /// The policies of a model in the order of the file.
    package func policies(of model: String) -> [RetrainingPolicy] {
        policies.filter { ByteText($0.model) == ByteText(model) }
    }
}
