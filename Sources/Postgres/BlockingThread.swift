import Foundation

/// A serial executor on a thread of its own, for C calls that block.
///
/// The cooperative pool has as many threads as the machine has cores, so a blocking call there would hold up
/// unrelated tasks. The thread ends when the last reference to the executor is gone.
final class BlockingThread: SerialExecutor {
    private let jobs = JobQueue()

    /// Starts the thread.
    /// - Parameter name: What debuggers show.
    init(name: String) {
        let jobs = jobs
        let thread = Thread {
            while let entry = jobs.next() {
                unsafe entry.job.runSynchronously(on: entry.executor.asUnownedSerialExecutor())
            }
        }
        thread.name = name
        thread.start()
    }

    deinit { jobs.stop() }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.append(UnownedJob(job), on: self)
    }
}
