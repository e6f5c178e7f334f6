import Statistics

/// How features are named in the header of a CSV body.
enum FeatureName {
    /// The names of columns that are no features.
    static let reserved: Set<ByteText> = ["prediction_id", "timestamp", "model_version", "prediction", "score"]

    /// The feature that a column which is not reserved stands for: `features.X` is X.
    static func inColumn(_ name: ByteText) -> ByteText {
        let prefix = "features."
        guard name.utf8.starts(with: prefix.utf8), name.utf8.count > prefix.utf8.count else { return name }
        return ByteText(String(name.string.utf8.dropFirst(prefix.utf8.count)) ?? name.string)
    }
}
