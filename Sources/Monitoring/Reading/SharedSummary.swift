/// A window that many ask: a summary holds dozens of references, each of which a copy would count.
package final class SharedSummary: Sendable {
    /// What is asked.
    package let summary: WindowSummary

    package init(_ summary: WindowSummary) {
        self.summary = summary
    }
}
