/// Why parts that were read from outside do not make a summary.
package struct PartsError: Error, Hashable, Sendable {
    /// Where the mistake lies, as a pointer below the parts, such as `/sums/3`; empty for all of them together.
    package let place: String

    /// What is wrong, as a sentence for whoever made the parts.
    package let detail: String

    /// A mistake at a place.
    package init(_ place: String, _ detail: String) {
        self.place = place
        self.detail = detail
    }
}
