internal import Glibc
internal import Synchronization

/// What others than its thread may know of a connection.
final class ConnectionStatus: Sendable {
    private let phase = Atomic<UInt8>(ConnectionHandle.Phase.closed.rawValue)
    private let socket = Atomic<Int32>(-1)
    private let cancel = Mutex<CancelHandle?>(nil)

    /// Called by the connection's thread after every call.
    func update(phase newPhase: ConnectionHandle.Phase, socket newSocket: Int32) {
        phase.store(newPhase.rawValue, ordering: .releasing)
        socket.store(newPhase == .closed ? -1 : newSocket, ordering: .releasing)
    }

    /// Called once, when connected.
    func adopt(_ handle: consuming CancelHandle?) {
        var handle = handle
        cancel.withLock { current in current = handle.take() }
    }

    /// What the connection was in the middle of after its last call.
    var currentPhase: ConnectionHandle.Phase {
        ConnectionHandle.Phase(rawValue: phase.load(ordering: .acquiring)) ?? .closed
    }

    /// Whether the server has said something unasked, which an idle server does only when it ends the session.
    /// To be asked only while nobody uses the connection.
    var hasUnreadInput: Bool {
        let descriptor = socket.load(ordering: .acquiring)
        guard descriptor >= 0 else { return true }
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&watched, 1, 0) != 0
    }

    /// Asks the server to stop the statement that runs.
    func interrupt() {
        cancel.withLock { handle in handle?.interrupt() }
    }
}
