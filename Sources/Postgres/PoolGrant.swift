/// What a request for a connection gets.
enum PoolGrant<Connection> {
    /// An idle connection. Check it, and ask for a replacement if it is broken.
    case connection(Connection)
    /// The right to open one. Report `failed` if that does not work.
    case open
    /// Nothing now: `enqueue` a waiter, under the same lock.
    case wait
    /// Nothing: the queue is full.
    case exhausted
    /// Nothing: the pool is closed.
    case closed
    /// Nothing: the waiting task was cancelled.
    case cancelled
}

extension PoolGrant: Sendable where Connection: Sendable {}
