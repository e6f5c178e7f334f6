/// Lets one task after another do something that takes a while, in the order in which they came.
actor Turn {
    private var isTaken = false
    private var waiters: [CheckedContinuation<Void, Never>] = []

    /// Waits until it is the caller's turn.
    func take() async {
        guard isTaken else {
            isTaken = true
            return
        }
        await withCheckedContinuation { waiters.append($0) }
    }

    /// It is the next one's turn.
    func give() {
        if waiters.isEmpty { isTaken = false } else { waiters.removeFirst().resume() }
    }
}
