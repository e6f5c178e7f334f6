/// How settled the content of a window is.
package struct WindowState: Hashable, Sendable {
    /// Whether the watermark has reached the window's end.
    package let isComplete: Bool

    /// Whether the allowed lateness has passed after that as well.
    package let isFinal: Bool

    /// The state of a window that ends at `end`.
    package init(end: Time, watermark: Watermark, allowedLateness: PrometheusDuration) {
        isComplete = watermark.hasReached(end)
        isFinal = watermark.hasReached(end + allowedLateness)
    }
}
