package import Statistics

/// The segments and model versions that have slices of their own, bounded for each model.
///
/// Which ones they are is kept with the model, not decided by a fold: so a slice's content never depends on how rows were split
/// over requests or processes. Rows of others are pooled.
package struct SliceNames: Hashable, Sendable {
    /// The text forms of the admitted segments.
    package private(set) var segments: Set<ByteText>

    /// The admitted model versions.
    package private(set) var versions: Set<ByteText>

    /// The most segments, and the most versions, of a model.
    package static let most = 1000

    /// The names as they were stored, or none.
    package init(segments: Set<ByteText> = [], versions: Set<ByteText> = []) {
        self.segments = segments
        self.versions = versions
    }

    /// The names of stored slices; the pooled ones have none.
    package init(slices: some Sequence<Slice>) {
        self.init()
        for slice in slices {
            if !slice.version.utf8.isEmpty { versions.insert(slice.version) }
            if slice.segment.utf8.contains(UInt8(ascii: "=")) { segments.insert(slice.segment) }
        }
    }

    /// Whether a segment is not known here and may have been, or may still be, admitted.
    package func misses(segment: ByteText) -> Bool {
        segments.count < Self.most && !segments.contains(segment)
    }

    /// Whether a model version is not known here and may have been, or may still be, admitted.
    package func misses(version: ByteText) -> Bool {
        !version.utf8.isEmpty && versions.count < Self.most && !versions.contains(version)
    }

    /// Takes over names that are kept with the model.
    package mutating func formUnion(_ other: Self) {
        segments.formUnion(other.segments)
        versions.formUnion(other.versions)
    }

    /// Admits the slices that rows of a batch need, and returns those that are new and must be stored.
    package mutating func admit(_ batch: PredictionBatch, segments: RowSegments) -> [Slice] {
        var new: [Slice] = []
        for text in segments.texts where admit(segment: text) { new.append(Slice(segment: text)) }
        return new + admit(versions: batch.versions)
    }

    /// Admits model versions, of predictions or of outcomes, and returns the new slices.
    package mutating func admit(versions: some Sequence<ByteText>) -> [Slice] {
        var new: [Slice] = []
        var last: ByteText = ""
        for version in versions where version != last {
            last = version
            if admit(version: version) { new.append(Slice(version: version)) }
        }
        return new
    }

    /// Admits a segment while there is room; returns whether it was new and admitted.
    package mutating func admit(segment: ByteText) -> Bool {
        segments.count < Self.most && segments.insert(segment).inserted
    }

    /// Admits a model version while there is room; returns whether it was new and admitted.
    package mutating func admit(version: ByteText) -> Bool {
        !version.string.isEmpty && versions.count < Self.most && versions.insert(version).inserted
    }

    /// Of how many segments a slice is one, that of all further ones included; nil for a slice that is none.
    package func segments(beside slice: Slice) -> Int? {
        slice.segment.utf8.isEmpty ? nil : segments.count + (segments.count < Self.most ? 0 : 1)
    }

    /// The segment that a row with this text form is counted in.
    package func segment(for text: ByteText) -> ByteText {
        segments.contains(text) ? text : Segment.other
    }

    /// The slice of a model version, nil for the empty version, which has none of its own.
    package func slice(forVersion version: ByteText) -> Slice? {
        if version.string.isEmpty { return nil }
        return versions.contains(version) ? Slice(version: version) : Slice(segment: Segment.otherVersions)
    }
}
