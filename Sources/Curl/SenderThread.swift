internal import CCurl
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The thread of a sender, with its multi handle and the box that callers put their requests into.
///
/// The multi handle belongs to the thread. Others only wake it, under the box's lock, which also says whether it still
/// lives.
@safe
final class SenderThread: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer
    private let limit: Int
    private let box = Mutex(Box())

    private struct Box {
        var arrivals: [Submission] = []
        /// Submitted and not yet answered.
        var known: Set<UInt64> = []
        /// Cancelled by their task; also before they arrive.
        var cancelled: Set<UInt64> = []
        var lastID: UInt64 = 0
        var isClosing = false
        var hasEnded = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    /// A running thread for at most `limit` transfers at a time.
    init(limit: Int) throws(TransportError) {
        guard Self.isCurlReady, let multi = unsafe curl_multi_init() else {
            throw TransportError(.resources, host: "", detail: "libcurl cannot be started")
        }
        unsafe self.multi = multi
        self.limit = max(limit, 1)
        let context = unsafe Unmanaged.passRetained(self)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<SenderThread>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw TransportError(.resources, host: "", detail: "no thread for sending")
        }
        pthread_detach(thread)
    }

    deinit {
        unsafe curl_multi_cleanup(multi)
    }

    private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    // MARK: Called by anyone

    func newID() -> UInt64 {
        box.withLock { box in
            box.lastID += 1
            return box.lastID
        }
    }

    func submit(_ submission: Submission) {
        enum Decision {
            case taken
            case cancelled
            case closed
        }
        let decision = box.withLock { box -> Decision in
            if box.isClosing { return .closed }
            if box.cancelled.contains(submission.id) { return .cancelled }
            box.known.insert(submission.id)
            box.arrivals.append(submission)
            wake(box)
            return .taken
        }
        switch decision {
        case .taken: break
        case .cancelled: submission.fail(.cancelled, "the task was cancelled")
        case .closed: submission.fail(.closed, "the sender is closed")
        }
    }

    func cancel(_ id: UInt64) {
        box.withLock { box in
            box.cancelled.insert(id)
            if box.known.contains(id) { wake(box) }
        }
    }

    /// Forgets a request that has been answered and whose task can no longer cancel it.
    func forget(_ id: UInt64) {
        box.withLock { box in _ = box.cancelled.remove(id) }
    }

    /// Asks the thread to end, and everything on its way with it.
    func close() {
        box.withLock { box in
            box.isClosing = true
            wake(box)
        }
    }

    /// Waits until the thread has ended.
    func ended() async {
        await withCheckedContinuation { (closer: CheckedContinuation<Void, Never>) in
            let hasEnded = box.withLock { box in
                if !box.hasEnded { box.closers.append(closer) }
                return box.hasEnded
            }
            if hasEnded { closer.resume() }
        }
    }

    private func wake(_ box: borrowing Box) {
        if !box.hasEnded { unsafe curl_multi_wakeup(multi) }
    }

    // MARK: Called by the thread

    private func run() {
        Self.prepareThread()
        var waiting: [Submission] = []
        var running: [UInt64: Transfer] = [:]
        while true {
            let (arrivals, cancelled, isClosing) = takeOrders()
            waiting += arrivals
            drop(cancelled, from: &waiting, and: &running)
            if isClosing { break }
            start(&waiting, &running)
            var count: Int32 = 0
            unsafe curl_multi_perform(multi, &count)
            let hasFinished = finish(&running)
            // What waits can take the place of what has finished; else there is nothing to do before something happens.
            if hasFinished, !waiting.isEmpty { continue }
            unsafe curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
        for submission in waiting { submission.fail(.closed, "the sender is closed") }
        for transfer in running.values {
            unsafe curl_multi_remove_handle(multi, transfer.easy)
            transfer.submission.fail(.closed, "the sender is closed")
        }
        end()
    }

    /// OpenSSL writes to sockets without asking for no signal; in this thread a broken pipe is an error code.
    private static func prepareThread() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func takeOrders() -> (arrivals: [Submission], cancelled: Set<UInt64>, isClosing: Bool) {
        box.withLock { box in
            defer { box.arrivals.removeAll() }
            return (box.arrivals, box.cancelled.intersection(box.known), box.isClosing)
        }
    }

    private func drop(_ cancelled: Set<UInt64>, from waiting: inout [Submission], and running: inout [UInt64: Transfer])
    {
        guard !cancelled.isEmpty else { return }
        for submission in waiting where cancelled.contains(submission.id) {
            settle(submission, .failure(Self.cancellation(of: submission)))
        }
        waiting.removeAll { cancelled.contains($0.id) }
        for id in cancelled {
            guard let transfer = running.removeValue(forKey: id) else { continue }
            unsafe curl_multi_remove_handle(multi, transfer.easy)
            settle(transfer.submission, .failure(Self.cancellation(of: transfer.submission)))
        }
    }

    private static func cancellation(of submission: Submission) -> TransportError {
        TransportError(.cancelled, host: submission.host, detail: "the task was cancelled")
    }

    private func start(_ waiting: inout [Submission], _ running: inout [UInt64: Transfer]) {
        let count = min(waiting.count, limit - running.count)
        for submission in waiting.prefix(count) {
            do throws(TransportError) {
                let transfer = try Transfer(submission)
                guard unsafe curl_multi_add_handle(multi, transfer.easy) == CURLM_OK else {
                    throw TransportError(.resources, host: submission.host, detail: "libcurl takes no request")
                }
                running[submission.id] = transfer
            } catch {
                settle(submission, .failure(error))
            }
        }
        waiting.removeFirst(count)
    }

    /// Answers what has ended; whether anything has.
    private func finish(_ running: inout [UInt64: Transfer]) -> Bool {
        var hasFinished = false
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE, let easy = unsafe message.pointee.easy_handle else {
                continue
            }
            let code = unsafe driftline_result(message)
            var userData: UnsafeMutableRawPointer?
            unsafe driftline_get_pointer(easy, CURLINFO_PRIVATE, &userData)
            guard let userData = unsafe userData else { continue }
            let transfer = unsafe Transfer.of(userData)
            unsafe curl_multi_remove_handle(multi, easy)
            running.removeValue(forKey: transfer.submission.id)
            settle(transfer.submission, transfer.result(code))
            hasFinished = true
        }
        return hasFinished
    }

    private func settle(_ submission: Submission, _ result: Result<HTTPResponse, TransportError>) {
        box.withLock { box in _ = box.known.remove(submission.id) }
        submission.answer.resume(returning: result)
    }

    private func end() {
        let (late, closers) = box.withLock { box in
            box.hasEnded = true
            defer {
                box.arrivals.removeAll()
                box.closers.removeAll()
                box.known.removeAll()
            }
            return (box.arrivals, box.closers)
        }
        for submission in late { submission.fail(.closed, "the sender is closed") }
        for closer in closers { closer.resume() }
    }
}
