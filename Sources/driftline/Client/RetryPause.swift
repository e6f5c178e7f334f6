/// The growing pauses between attempts, until patience ends.
struct RetryPause {
    /// For how long attempts are made.
    let patience: Duration

    private let start = ContinuousClock.now
    private var attempts = 0

    /// The longest pause that we choose by ourselves.
    private static let longest: Duration = .seconds(5)

    /// Pauses from now on.
    init(patience: Duration) {
        self.patience = patience
    }

    /// Whether a person should hear of it now: once, when it has become more than a hiccup.
    var isWorthSaying: Bool { attempts == 3 }

    /// The next pause: 100 ms, doubled each time up to 5 s; nil when patience has ended.
    mutating func next(atLeast asked: Duration) -> Duration? {
        guard ContinuousClock.now - start < patience else { return nil }
        let pause: Duration = .milliseconds(100 * (1 << min(attempts, 6)))
        attempts += 1
        return max(asked, min(pause, Self.longest))
    }
}
