import Foundation
package import Logging
import Monitoring
import Synchronization

/// Writes the log to standard error. A line that cannot be written, because a disk is full or nobody reads any more, is dropped
/// and counted: the service goes on.
package struct LogLines: LogHandler {
    /// How many lines the process could not write.
    static var dropped: Int { lost.load(ordering: .relaxed) }

    private static let lost = Atomic<Int>(0)

    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel: Logger.Level = .info
    private let label: String

    /// The lines of one logger.
    package init(label: String, metadataProvider: Logger.MetadataProvider?) {
        self.label = label
        self.metadataProvider = metadataProvider
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var values = metadata
        if let provided = metadataProvider?.get() { values.merge(provided) { $1 } }
        if let own = event.metadata { values.merge(own) { $1 } }
        let facts = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value) " }.joined()
        let line =
            "\(WallClock().now.time.rfc3339) \(event.level) \(label): \(facts)[\(event.source)] \(event.message)\n"
        do {
            try FileHandle.standardError.write(contentsOf: Data(line.utf8))
        } catch {
            Self.lost.add(1, ordering: .relaxed)
        }
    }
}
