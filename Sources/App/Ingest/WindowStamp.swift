import Monitoring
import Statistics

/// All that the answer about one window follows from: equal stamps of one model mean equal answers.
///
/// It names the running total and how often that changed in place of the panes, whoever folded them.
struct WindowStamp: Equatable, Sendable {
    let window: Window
    let generation: Int32
    /// Which running total it is, and how often its content changed.
    let total: UInt64
    let steps: UInt64
    let references: [ReferenceVersion.Key]
    let schema: ModelSchema
    let names: [ColumnName: CategoryNames]
    let volume: WindowVolume?
    let watermark: Time?
    let state: WindowState
}

/// A document that was written about a window.
struct KeptDocument: Sendable {
    /// What was asked, as it was written.
    let question: String
    let stamp: WindowStamp
    let bytes: [UInt8]
}

extension LiveWindows {
    /// The most documents that a model keeps, and the longest question of one.
    private static let mostDocuments = 4
    private static let longestQuestion = 512

    /// What was answered to the same question while everything was as it is; nil where that is not known.
    func document(for question: String, _ stamp: WindowStamp) -> [UInt8]? {
        documents.first { $0.question.utf8.elementsEqual(question.utf8) && $0.stamp == stamp }?.bytes
    }

    /// Keeps an answer in the place of what was answered before.
    func keep(_ bytes: [UInt8], for question: String, _ stamp: WindowStamp) {
        guard question.utf8.count <= Self.longestQuestion else { return }
        documents.removeAll { $0.question.utf8.elementsEqual(question.utf8) }
        documents.insert(KeptDocument(question: question, stamp: stamp, bytes: bytes), at: 0)
        if documents.count > Self.mostDocuments { documents.removeLast() }
    }
}
