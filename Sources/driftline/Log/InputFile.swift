import Foundation

/// A file of the user's, read from its start in pieces.
struct InputFile {
    /// The path as the user wrote it.
    let path: String

    /// The length in bytes.
    let size: Int

    private let handle: FileHandle

    /// How much is read at once.
    private static let pieceLength = 1 << 18

    /// Opens a regular file for reading.
    init(path: String) throws(CommandFailure) {
        self.path = path
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: Self.resolved(path))
            guard attributes[.type] as? FileAttributeType == .typeRegular else {
                throw CommandFailure("\(path) is not a regular file: give the path of a file")
            }
            size = (attributes[.size] as? NSNumber)?.intValue ?? 0
            handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure("\(path) cannot be read: does it exist, and may this user read it?")
        }
    }

    /// The next piece, empty at the end of the file.
    func piece() throws(CommandFailure) -> [UInt8] {
        do {
            return Array(try handle.read(upToCount: Self.pieceLength) ?? Data())
        } catch {
            throw CommandFailure("\(path) could not be read to its end: \(error.localizedDescription)")
        }
    }

    /// Everything from here on; a file of more bytes than the limit is refused.
    func contents(limit: Int) throws(CommandFailure) -> [UInt8] {
        guard size <= limit else {
            throw CommandFailure("\(path) has \(size.grouped) bytes: at most \(limit.grouped) can be sent at once")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        while true {
            let piece = try piece()
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }

    /// The path behind symbolic links, whose own attributes say nothing about the file.
    private static func resolved(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
}
