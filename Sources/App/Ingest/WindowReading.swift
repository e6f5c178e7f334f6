import Monitoring

/// One window as it is now.
struct WindowReading: Sendable {
    let summary: WindowSummary
    let state: WindowState
}
