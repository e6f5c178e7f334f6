internal import CPostgres

/// The owner of libpq's means to interrupt a statement; libpq allows its use on any thread.
@safe struct CancelHandle: ~Copyable, @unchecked Sendable {
    private let cancel: OpaquePointer

    init(owning cancel: OpaquePointer) { unsafe self.cancel = cancel }

    deinit { unsafe PQfreeCancel(cancel) }

    /// Asks the server to stop what the connection is running. Opens a connection of its own for that.
    func interrupt() {
        var message = [CChar](repeating: 0, count: 256)
        // Whether it arrived is seen by the statement itself, which then fails with SQLSTATE 57014.
        _ = unsafe PQcancel(cancel, &message, Int32(message.count))
    }
}
