internal import Glibc

/// A process of this machine, by its id.
package struct SystemProcess: Hashable, Sendable {
    package let identifier: Int32

    package init(_ identifier: Int32) { self.identifier = identifier }

    /// Whether the process runs. A child of ours that has ended is reaped on the way: when this process is the first of
    /// its container, orphans become its children, and PostgreSQL takes one that nobody reaped for a server.
    package var isAlive: Bool {
        guard identifier > 0 else { return false }
        if waitpid(identifier, nil, WNOHANG) == identifier { return false }
        return kill(identifier, 0) == 0 || errno == EPERM
    }
}
