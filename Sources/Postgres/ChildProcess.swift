internal import Foundation
internal import Glibc

/// A program that is run to its end.
///
/// Not Foundation's `Process`, which waits until every descendant is gone: `pg_ctl start` leaves a server behind. The
/// child gets a session of its own, so that a Ctrl-C meant for us does not reach it, and none of our open files.
package struct ChildProcess: Sendable {
    /// The program's path and its arguments.
    package let words: [String]
    /// The whole environment, as `NAME=value`.
    package let environment: [String]
    /// The file that gets what it says; written anew.
    package let log: String

    package init(words: [String], environment: [String], log: String) {
        precondition(!words.isEmpty, "a command has a program")
        self.words = words
        self.environment = environment
        self.log = log
    }

    /// Runs the program with an empty input, and waits on a thread of its own.
    /// - Returns: Its exit status, 128 and the signal's number if it was killed, or the negated `errno` with which it
    ///   could not be started.
    package func run() async -> Int32 {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: runHere()) }
            thread.name = "child"
            thread.start()
        }
    }

    private func runHere() -> Int32 {
        var child: pid_t = 0
        let failure = spawn(&child)
        guard failure == 0 else { return -failure }
        var status: Int32 = 0
        while true {
            let ended = unsafe waitpid(child, &status, 0)
            if ended == child { break }
            guard ended < 0 && errno == EINTR else { return -errno }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    private func spawn(_ child: inout pid_t) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
        for descriptor in ChildProcess.openDescriptors where descriptor > 2 {
            unsafe posix_spawn_file_actions_addclose(&actions, descriptor)
        }

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        // A service ignores the signals that it handles elsewhere, and a child would inherit that.
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | 0x80  // POSIX_SPAWN_SETSID
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        return unsafe withCStrings(words) { arguments in
            unsafe withCStrings(environment) { variables in
                // The functions take pointers to mutable text for historical reasons and change nothing.
                unsafe posix_spawn(
                    &child, words[0], &actions, &attributes,
                    UnsafeMutableRawPointer(mutating: arguments).assumingMemoryBound(
                        to: UnsafeMutablePointer<CChar>?.self),
                    UnsafeMutableRawPointer(mutating: variables).assumingMemoryBound(
                        to: UnsafeMutablePointer<CChar>?.self))
            }
        }
    }

    /// Every open file of this process. Closing one that has gone meanwhile does no harm.
    private static var openDescriptors: [Int32] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
        } catch {
            return []
        }
    }
}
