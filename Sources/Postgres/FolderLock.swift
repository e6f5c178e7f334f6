internal import Glibc

/// The exclusive right to a folder, held by one process: a lock on the file `lock` in it.
///
/// The kernel frees it when the process ends, however it ends. Children do not inherit it.
package final class FolderLock: Sendable {
    /// Why the lock was not given.
    package enum Refusal: Error, Hashable, Sendable {
        /// Another process holds it; its id, if the file tells.
        case held(folder: String, process: Int32?)
        /// The file cannot be made or locked.
        case unusable(folder: String, reason: String)
    }

    private let descriptor: Int32
    private let folder: String

    /// Takes the lock, or fails at once.
    package init(folder: String) throws(Refusal) {
        self.folder = folder
        let descriptor = unsafe open(folder + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unusable(folder: folder, reason: FolderLock.reason()) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            let reason = FolderLock.reason()
            let holder = FolderLock.process(in: descriptor)
            _ = Glibc.close(descriptor)
            guard code == EWOULDBLOCK else { throw .unusable(folder: folder, reason: reason) }
            throw .held(folder: folder, process: holder)
        }
        self.descriptor = descriptor
        record()
    }

    deinit { _ = Glibc.close(descriptor) }

    /// Makes what was created or renamed in the folder survive a power cut.
    package func flushFolder() throws(Refusal) {
        let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw .unusable(folder: folder, reason: FolderLock.reason()) }
        defer { _ = Glibc.close(directory) }
        guard fsync(directory) == 0 else { throw .unusable(folder: folder, reason: FolderLock.reason()) }
    }

    /// Writes the holder's id, for the message to the next. It is a courtesy: failing changes nothing.
    private func record() {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = unsafe pwrite(descriptor, text, text.count, 0)
    }

    private static func process(in descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self))
    }

    private static func reason() -> String {
        guard let text = unsafe strerror(errno) else { return "error \(errno)" }
        return unsafe String(cString: text)
    }
}
