import Monitoring
import Statistics
import Store
import Synchronization

/// What requests ask before their rows are queued; answered without waiting for a fold.
extension LiveWindows {
    /// How many rows of a batch are later than the allowed lateness behind the watermark.
    nonisolated func lateCount(of batch: PredictionBatch) -> Int {
        let known = entrance.withLock { $0 }
        guard let time = known.watermark.time else { return 0 }
        let limit = time - known.schema.allowedLateness
        return batch.times.count { $0 < limit }
    }

    /// The time that a label without one became known: its arrival in a live model, else the watermark.
    nonisolated func defaultLabelTime(arrival: Time) -> Time {
        let watermark = entrance.withLock { $0.watermark }
        return watermark.isLive ? arrival : watermark.time ?? arrival
    }

    /// Admits the segments and versions of a batch, and tells the segments of each row.
    ///
    /// What is new is agreed upon with all other processes before a row is counted in it.
    nonisolated func admitSlices(of batch: PredictionBatch) async throws -> [[ByteText]] {
        var known = entrance.withLock { $0 }
        let segments = known.schema.segments.isEmpty ? nil : RowSegments(batch, schema: known.schema)
        let texts = segments?.texts ?? []
        if known.misses(segments: texts, versions: batch.versions) {
            try await admit(segments: texts, versions: batch.versions)
            known = entrance.withLock { $0 }
        }
        guard let segments else { return [] }
        return (0..<batch.count).map { segments.segments(row: $0, names: known.slices) }
    }

    /// Admits segments and versions that are not known here yet.
    func admit(segments: [ByteText], versions: [ByteText]) async throws {
        let newSegments = Set(segments.filter { slices.misses(segment: $0) })
        let newVersions = Set(versions.filter { slices.misses(version: $0) })
        guard !newSegments.isEmpty || !newVersions.isEmpty else { return }
        adopt(try await store.admitSlices(model: id, segments: newSegments, versions: newVersions))
    }
}
