import Monitoring
import Statistics

/// What a request must know of a model before its rows are queued.
///
/// Beside the owner of the windows, so that requests never wait for a fold.
struct Entrance: Sendable {
    var schema: ModelSchema
    var watermark: Watermark
    /// The segments and versions that have slices of their own.
    var slices = SliceNames()

    /// Whether rows have a segment or a version that is not known here.
    func misses(segments: [ByteText], versions: [ByteText]) -> Bool {
        var last: ByteText = ""
        let isNew = versions.contains { version in
            defer { last = version }
            return version != last && slices.misses(version: version)
        }
        return isNew || segments.contains { slices.misses(segment: $0) }
    }
}
