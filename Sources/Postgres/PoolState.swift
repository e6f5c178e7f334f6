/// The pool's decisions, without connections, locks or waiting.
///
/// A slot is the right to have a connection. It is idle, leased, or being opened; slots in all three never exceed the
/// limit. Waiters are served in order of arrival.
struct PoolState<Connection, Waiter> {
    /// What is to be done after a change, outside the lock.
    enum Action {
        case resume(Waiter, PoolGrant<Connection>)
        case close(Connection)
        /// Everything was given back after `close`.
        case finished(Waiter)
    }

    private let limit: Int
    private let queueLimit: Int
    private var idle: [Connection] = []
    private var taken = 0
    private var waiters: [(id: UInt64, waiter: Waiter)] = []
    private var closers: [Waiter] = []
    private(set) var isClosed = false
    private var nextID: UInt64 = 0

    init(limit: Int, queueLimit: Int) {
        self.limit = limit
        self.queueLimit = queueLimit
    }

    /// Connections that nobody uses.
    var idleCount: Int { idle.count }
    /// Connections in use or being opened.
    var takenCount: Int { taken }
    /// Tasks that wait.
    var waiterCount: Int { waiters.count }

    /// A number for a waiter, so that it can be cancelled.
    mutating func newID() -> UInt64 {
        nextID += 1
        return nextID
    }

    /// Asks for a connection.
    mutating func request() -> PoolGrant<Connection> {
        if isClosed { return .closed }
        // Nobody overtakes the queue.
        if waiters.isEmpty {
            // The connection that was used last is the most likely to be alive.
            if let connection = idle.popLast() {
                taken += 1
                return .connection(connection)
            }
            if taken < limit {
                taken += 1
                return .open
            }
        }
        return waiters.count < queueLimit ? .wait : .exhausted
    }

    /// Adds a waiter after `request` said `wait`.
    mutating func enqueue(_ waiter: Waiter, id: UInt64) {
        waiters.append((id, waiter))
    }

    /// Removes a waiter whose task was cancelled, if it still waits.
    mutating func cancel(id: UInt64) -> [Action] {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return [] }
        return [.resume(waiters.remove(at: index).waiter, .cancelled)]
    }

    /// A lease ended.
    mutating func giveBack(_ connection: Connection, isUsable: Bool) -> [Action] {
        guard isUsable, !isClosed else { return [.close(connection)] + slotFreed() }
        if waiters.isEmpty {
            taken -= 1
            idle.append(connection)
            return []
        }
        return [.resume(waiters.removeFirst().waiter, .connection(connection))]
    }

    /// A connection could not be opened.
    mutating func failed() -> [Action] { slotFreed() }

    /// A granted connection turned out to be broken: it goes, and its slot may be used to open another.
    mutating func replace(_ connection: Connection) -> (grant: PoolGrant<Connection>, actions: [Action]) {
        if isClosed { return (.closed, [.close(connection)] + slotFreed()) }
        return (.open, [.close(connection)])
    }

    private mutating func slotFreed() -> [Action] {
        if !isClosed && !waiters.isEmpty {
            return [.resume(waiters.removeFirst().waiter, .open)]
        }
        taken -= 1
        guard isClosed && taken == 0 else { return [] }
        defer { closers = [] }
        return closers.map(Action.finished)
    }

    /// Refuses new requests, wakes the waiters, and gives up what is idle.
    mutating func close() -> [Action] {
        isClosed = true
        let actions = waiters.map { Action.resume($0.waiter, .closed) } + idle.map(Action.close)
        waiters = []
        idle = []
        return actions
    }

    /// Adds one who waits until everything was given back.
    /// - Returns: Whether it has to wait.
    mutating func awaitEnd(_ closer: Waiter) -> Bool {
        if taken == 0 { return false }
        closers.append(closer)
        return true
    }
}

extension PoolState.Action: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState: Sendable where Connection: Sendable, Waiter: Sendable {}
