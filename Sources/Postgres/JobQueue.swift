import Foundation

/// The jobs that wait for one thread, first in, first out.
///
/// A class of its own, so that the thread can hold the queue without holding its executor.
final class JobQueue: @unchecked Sendable {
    /// A job, and the executor that must outlive it.
    struct Entry {
        let job: UnownedJob
        let executor: BlockingThread
    }

    private let condition = NSCondition()
    private var entries: [Entry] = []
    private var isStopped = false

    /// Adds a job and wakes the thread.
    func append(_ job: UnownedJob, on executor: BlockingThread) {
        condition.lock()
        entries.append(Entry(job: job, executor: executor))
        condition.signal()
        condition.unlock()
    }

    /// The next job; waits for one. `nil` when the queue was stopped and is empty.
    func next() -> Entry? {
        condition.lock()
        defer { condition.unlock() }
        while entries.isEmpty && !isStopped { condition.wait() }
        return entries.isEmpty ? nil : entries.removeFirst()
    }

    /// Lets the thread end after the jobs that are already in the queue.
    func stop() {
        condition.lock()
        isStopped = true
        condition.signal()
        condition.unlock()
    }
}
