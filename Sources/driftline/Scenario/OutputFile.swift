import Foundation

/// A file that is written from its start, in large pieces.
struct OutputFile {
    private let path: String
    private let handle: FileHandle
    private var buffer: [UInt8] = []

    /// Makes an empty file, in the place of one that is there.
    init(folder: String, name: String) throws(CommandFailure) {
        path = (folder as NSString).appendingPathComponent(name)
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(fileURLWithPath: path))
            handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure("\(path) cannot be written: give a folder of your own with --out")
        }
    }

    /// Adds a line.
    mutating func line(_ text: String) throws(CommandFailure) {
        buffer += text.utf8
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 18 { try flush() }
    }

    /// Writes what is still held back and closes the file.
    mutating func close() throws(CommandFailure) {
        try flush()
        do { try handle.close() } catch {
            throw CommandFailure("\(path) cannot be closed: \(error.localizedDescription)")
        }
    }

    private mutating func flush() throws(CommandFailure) {
        do { try handle.write(contentsOf: buffer) } catch {
            throw CommandFailure("\(path) cannot be written: is the disk full?")
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
