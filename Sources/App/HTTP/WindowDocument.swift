import JSON
import Monitoring
import Statistics

/// One window as JSON.
///
/// A class, because everything that it holds would be copied for each of its parts that is written.
final class WindowDocument: Sendable {
    let model: String
    let summary: WindowSummary
    let state: WindowState
    /// Definitions that are answered beside the model's own.
    let methods: [Method]
    /// What every measure of every column is held against, by the model's own definitions.
    let verdicts: WindowVerdicts
    /// What is told of the quality of its columns.
    let quality: QualityVerdicts
    /// The window that performance is compared with; the reference where there is none.
    let earlier: WindowReading?

    /// The same window against further references, for a joint reading.
    let others: [WindowSummary]

    init(
        model: String, reading: WindowReading, methods: [Method], others: [WindowSummary] = [],
        earlier: WindowReading? = nil
    ) async {
        self.model = model
        self.earlier = earlier
        summary = reading.summary
        state = reading.state
        self.methods = methods
        self.others = others
        var verdicts = WindowVerdicts(reading.summary)
        verdicts.settle(await Self.columns(of: reading.summary))
        self.verdicts = verdicts
        var quality = QualityVerdicts(reading.summary)
        quality.settle()
        self.quality = quality
    }

    /// How many parts the columns of a window are compared and written in, side by side.
    private static let parts = 2
    /// With fewer columns than this a second task costs more than it saves.
    private static let fewest = 8

    /// What the columns of a window differ in, with what chance allows them: most of the work of an answer, so that all cores
    /// share it.
    private static func columns(of summary: WindowSummary) async -> [ColumnName: WindowVerdicts.Column] {
        let columns = summary.columns
        guard summary.reference != nil, columns.count >= fewest else { return [:] }
        return await withTaskGroup(of: [(ColumnName, WindowVerdicts.Column)].self) { group in
            for part in 0..<parts {
                let own = stride(from: part, to: columns.count, by: parts).map { columns[$0] }
                group.addTask { own.map { ($0, WindowVerdicts.Column($0, of: summary)) } }
            }
            return await group.reduce(into: [:]) { columns, found in
                for (name, column) in found { columns[name] = column }
            }
        }
    }

    /// The whole document.
    func written() async -> [UInt8] {
        let features = await writtenFeatures()
        var writer = JSONWriter()
        writer.object { write(features, to: &$0) }
        return writer.bytes
    }

    /// The features as members of an object, written on all cores.
    private func writtenFeatures() async -> [JSONWriter] {
        let features = summary.schema.features
        let half = features.count >= Self.fewest ? (features.count + Self.parts - 1) / Self.parts : features.count
        async let first = written(features.prefix(half))
        let second = await written(features.dropFirst(half))
        return [await first, second]
    }

    @concurrent
    private func written(_ features: ArraySlice<Feature>) async -> JSONWriter {
        var writer = JSONWriter()
        for feature in features {
            writer.object(feature.name.string) { part in
                switch feature.kind {
                case .numeric, .categorical: write(.feature(feature.name), to: &part)
                case .embedding: writeDerived(feature, Derivation.ofEmbedding, carrier: .norm, to: &part)
                case .text: writeDerived(feature, Derivation.ofText, carrier: .length, to: &part)
                }
            }
        }
        return writer
    }

    /// The most categories that are listed of a feature.
    static let mostCategories = 1000

    /// Writes everything as members of the object that is open.
    private func write(_ columns: [JSONWriter], to object: inout JSONWriter) {
        object.member("model", model)
        object.object("window") { part in
            part.member("start", summary.window.start.rfc3339)
            part.member("end", summary.window.end.rfc3339)
            part.member("length", summary.window.length.text)
            part.member("complete", state.isComplete)
            part.member("final", state.isFinal)
            part.member("revision", summary.revision)
        }
        writeReference(to: &object)
        writeReferences(to: &object)
        object.member("predictions", summary.predictions)
        Self.writeWeight(of: summary.pane, to: &object)
        object.member("labels", summary.labels)
        object.member("corrections", summary.counts.corrections)
        object.member("label_coverage", summary.value(of: .labelCoverage), or: .noRows)
        writeLabelLag(to: &object)
        object.member("undeclared", summary.pane.undeclared)
        writeVolume(to: &object)
        object.object("features") { features in
            for column in columns { features.members(of: column) }
        }
        if summary.hasOutput(.score) { object.object("score") { write(.score, to: &$0) } }
        if summary.hasOutput(.prediction) { object.object("prediction") { write(.prediction, to: &$0) } }
        writeMultivariate(to: &object)
        writePerformance(to: &object)
    }

    /// Writes what the rows weigh, where any of them counts more or less than once.
    static func writeWeight(of pane: Pane, to object: inout JSONWriter) {
        guard pane.isWeighted else { return }
        object.member("weight", pane.weight)
        object.member("effective_count", pane.effectiveCount)
    }

    private func writeReference(to object: inout JSONWriter) {
        if summary.reference == nil, summary.gap == nil { return object.null("reference", .noReference) }
        object.object("reference") { Self.writeReference(of: summary, to: &$0) }
    }

    /// Writes what the window is compared with, or why it is not.
    static func writeReference(of summary: WindowSummary, to part: inout JSONWriter) {
        if let reference = summary.reference {
            part.member("name", reference.name.string)
            part.member("version", reference.version)
            part.member("kind", reference.kind.rawValue)
            part.member("count", reference.count)
            writeWeight(of: reference.pane, to: &part)
            part.member("complete", true)
            if let stretch = reference.stretch {
                part.member("start", stretch.start.rfc3339)
                part.member("end", stretch.end.rfc3339)
            }
        } else if let gap = summary.gap {
            part.member("name", gap.name.string)
            part.member("version", gap.version)
            part.member("kind", gap.kind.rawValue)
            part.member("count", gap.count)
            part.member("complete", false)
            part.member("reason", gap.reason.rawValue)
            part.member("detail", gap.reason.sentence)
        }
    }

    func write(_ column: ColumnName, to object: inout JSONWriter) {
        switch summary.kind(of: column) {
        case .numeric: writeNumeric(column, to: &object)
        case .categorical: writeCategorical(column, to: &object)
        case nil: break
        }
    }
}
