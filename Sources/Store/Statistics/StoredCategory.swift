package import Statistics

/// A name that a model got to know: a category of a feature beyond the reference's.
package struct StoredCategory: Sendable, Hashable {
    package let model: Int32
    package let feature: ByteText
    package let name: ByteText

    package init(model: Int32, feature: ByteText, name: ByteText) {
        self.model = model
        self.feature = feature
        self.name = name
    }
}
