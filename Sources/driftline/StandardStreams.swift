import Foundation

/// The three streams that every process has.
enum StandardStreams {
    /// Handles of those that the process was started without, opened on nothing.
    private static let filled: [FileHandle] = {
        var handles: [FileHandle] = []
        while let handle = FileHandle(forUpdatingAtPath: "/dev/null"), handle.fileDescriptor <= 2 {
            handles.append(handle)
        }
        return handles
    }()

    /// Opens those that are closed, so that no connection gets their numbers, into which the log would be written then.
    /// - Returns: how many were closed.
    @discardableResult
    static func fill() -> Int { filled.count }
}
