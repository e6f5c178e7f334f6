import Monitoring

/// One window as it is now.
struct WindowReading: Sendable {
    let summary: WindowSummary
    let state: WindowState
    /// What it was read for.
    var needs = ReadingNeeds.all
    /// What names the state of everything that it follows from; nil where that is not told.
    var stamp: WindowStamp?
}
