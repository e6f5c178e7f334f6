import Foundation

/// Something that threads wait for and that happens once.
final class ThreadSignal: Sendable {
    private let condition = NSCondition()
    private nonisolated(unsafe) var isSet = false

    func set() {
        condition.lock()
        unsafe isSet = true
        condition.broadcast()
        condition.unlock()
    }

    func wait() {
        condition.lock()
        while unsafe !isSet { condition.wait() }
        condition.unlock()
    }
}
