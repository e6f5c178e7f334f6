package import Store
import Synchronization

/// Requests that wait for their commit: bounded by bytes, in the order in which they came.
package final class IngestQueue: Sendable {
    /// One request and who waits for it.
    struct Job: Sendable {
        let submission: LogSubmission
        let bytes: Int
        let answer: IngestAnswer
    }

    /// Something that must happen between two groups.
    typealias Interlude = @Sendable (WriterSlot) async -> Void

    /// What the committer is to do next.
    enum Turn: Sendable {
        case group([Job])
        case interlude(Interlude)
    }

    private enum Entry {
        case job(Job)
        case interlude(Interlude, overtakes: Bool, refused: @Sendable () -> Void)
    }

    private struct State {
        var entries: [Entry] = []
        var head = 0
        var bytes = 0
        var isClosed = false
        var waiter: CheckedContinuation<Turn?, Never>?
        /// Who waits for the group that was given out last.
        var underway: [IngestAnswer] = []
    }

    private let state = Mutex(State())
    private let mostBytes: Int
    private let mostRows: Int
    private let isHeld: @Sendable () -> Bool

    /// - Parameters:
    ///   - mostBytes: how many bytes of requests may wait.
    ///   - mostRows: how many rows make a group; a single request may have more.
    ///   - isHeld: whether requests are to wait until ``retry()``, because there is no room for what they change.
    package init(
        mostBytes: Int = 128 << 20, mostRows: Int = 20_000, isHeld: @escaping @Sendable () -> Bool = { false }
    ) {
        self.mostBytes = mostBytes
        self.mostRows = mostRows
        self.isHeld = isHeld
    }

    /// Waits for the commit of a request.
    /// - Throws: `IngestError`.
    package func submit(_ submission: LogSubmission, bytes: Int) async throws -> LogResult {
        try await withCheckedThrowingContinuation { continuation in
            let answer = IngestAnswer(continuation)
            let refusal = enqueue(.job(Job(submission: submission, bytes: bytes, answer: answer)), bytes: bytes)
            if let refusal { answer.give(.failure(refusal)) }
        }
    }

    /// Runs something between two groups and waits for it; returns false when the queue is closed.
    ///
    /// What `overtakes` does not wait for requests that are held.
    func betweenGroups(overtaking: Bool = false, _ body: @escaping Interlude) async -> Bool {
        await withCheckedContinuation { continuation in
            let refusal = enqueue(
                .interlude(
                    { slot in
                        await body(slot)
                        continuation.resume(returning: true)
                    }, overtakes: overtaking, refused: { continuation.resume(returning: false) }), bytes: 0)
            if refusal != nil { continuation.resume(returning: false) }
        }
    }

    private func enqueue(_ entry: Entry, bytes: Int) -> IngestError? {
        let (refusal, wake): (IngestError?, (CheckedContinuation<Turn?, Never>, Turn)?) = state.withLock { state in
            if state.isClosed { return (.stopping, nil) }
            if bytes > 0, state.bytes > 0, state.bytes + bytes > mostBytes { return (.overloaded, nil) }
            state.entries.append(entry)
            state.bytes += bytes
            guard let waiter = state.waiter, let turn = take(&state) else { return (nil, nil) }
            state.waiter = nil
            return (nil, (waiter, turn))
        }
        if let (waiter, turn) = wake { waiter.resume(returning: turn) }
        return refusal
    }

    /// The next group or interlude; nil when the queue is closed and empty. One caller at a time.
    func next() async -> Turn? {
        await withCheckedContinuation { continuation in
            let turn: Turn?? = state.withLock { state in
                if let turn = take(&state) { return .some(turn) }
                if state.isClosed { return .some(nil) }
                precondition(state.waiter == nil, "one task takes from the queue")
                state.waiter = continuation
                return nil
            }
            if let turn { continuation.resume(returning: turn) }
        }
    }

    /// Gives out what was held, where there is room now.
    package func retry() {
        let wake: (CheckedContinuation<Turn?, Never>, Turn)? = state.withLock { state in
            guard let waiter = state.waiter, let turn = take(&state) else { return nil }
            state.waiter = nil
            return (waiter, turn)
        }
        if let (waiter, turn) = wake { waiter.resume(returning: turn) }
    }

    /// Takes no more requests; what waits is still given out.
    package func close() {
        let (waiter, turn) = state.withLock { state in
            state.isClosed = true
            defer { state.waiter = nil }
            return (state.waiter, state.waiter == nil ? nil : take(&state))
        }
        waiter?.resume(returning: turn)
    }

    /// Answers everybody who waits. What is queued is dropped; a group that was given out may still be committed.
    func turnAway(_ error: IngestError) {
        let answers = state.withLock { state in
            var left: [Entry] = []
            var answers = state.underway
            for entry in state.entries[state.head...] {
                switch entry {
                case .job(let job): answers.append(job.answer)
                case .interlude: left.append(entry)
                }
            }
            state.entries = left
            state.head = 0
            state.bytes = 0
            state.underway = []
            return answers
        }
        for answer in answers { answer.give(.failure(error)) }
    }

    /// Takes no more requests, and tells everybody who waits that nothing of theirs was done.
    func abandon() {
        close()
        let left = state.withLock { state in
            defer {
                state.entries = []
                state.head = 0
                state.bytes = 0
            }
            return state.entries[state.head...]
        }
        for entry in left {
            switch entry {
            case .job(let job): job.answer.give(.failure(IngestError.stopping))
            case .interlude(_, _, let refused): refused()
            }
        }
    }

    private func take(_ state: inout State) -> Turn? {
        guard state.head < state.entries.count else { return nil }
        if case .interlude(let body, _, _) = state.entries[state.head] {
            state.head += 1
            compact(&state)
            return .interlude(body)
        }
        if !state.isClosed, isHeld() { return takeOvertaking(&state) }
        var jobs: [Job] = []
        var rows = 0
        while state.head < state.entries.count, case .job(let job) = state.entries[state.head],
            jobs.isEmpty || rows + job.submission.count <= mostRows
        {
            jobs.append(job)
            rows += job.submission.count
            state.bytes -= job.bytes
            state.head += 1
        }
        compact(&state)
        state.underway = jobs.map(\.answer)
        return .group(jobs)
    }

    private func takeOvertaking(_ state: inout State) -> Turn? {
        for place in state.head..<state.entries.count {
            guard case .interlude(let body, true, _) = state.entries[place] else { continue }
            state.entries.remove(at: place)
            return .interlude(body)
        }
        return nil
    }

    /// Frees what was given out, once it is most of the array.
    private func compact(_ state: inout State) {
        guard state.head * 2 >= state.entries.count else { return }
        state.entries.removeFirst(state.head)
        state.head = 0
    }
}
