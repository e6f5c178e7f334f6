import Synchronization

/// Lets a number of threads go on when all have come.
final class ThreadGate: Sendable {
    private let count: Mutex<Int>
    private let signal = ThreadSignal()

    init(_ count: Int) {
        self.count = Mutex(count)
    }

    func arriveAndWait() {
        let isLast = count.withLock { count in
            count -= 1
            return count == 0
        }
        if isLast { signal.set() }
        signal.wait()
    }
}
