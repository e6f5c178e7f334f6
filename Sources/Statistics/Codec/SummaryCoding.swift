/// A summary that can be written as bytes and read again.
///
/// Summaries of the same rows have equal bytes, unless something was taken out again.
package protocol SummaryCoding: Sendable {
    /// Which kind of summary the bytes of `encoded()` hold; never used twice.
    static var kind: SummaryKind { get }

    /// Writes the content without a header, so that summaries can be parts of something larger.
    func write(to writer: inout SummaryWriter)

    /// Reads the content that `write(to:)` wrote.
    init(from reader: inout SummaryReader) throws(CodecError)
}

extension SummaryCoding {
    /// The summary as bytes of its own, with header and check value; see `SummaryCodec`.
    package func encoded() -> [UInt8] {
        var writer = SummaryWriter()
        writer.write(self)
        return SummaryCodec.sealed(writer, kind: Self.kind.rawValue)
    }

    /// Reads bytes that `encoded()` made.
    package init(decoding bytes: [UInt8]) throws(CodecError) {
        var reader = try SummaryCodec.opened(bytes, kind: Self.kind.rawValue)
        try self.init(from: &reader)
        try reader.finish()
    }
}

/// The kinds of summary by the byte that stands for them; 32 and above are free for what is made of summaries.
package enum SummaryKind: UInt8, CaseIterable, Sendable {
    case moments = 1
    case extremes = 2
    case rankGrid = 3
    case gridCounts = 4
    case numeric = 5
    case categorical = 6
    case categoryNames = 7
    case confusion = 8
    case scorePairs = 9
    case probabilities = 10
    case residuals = 11
    case calibration = 12
    case ranks = 13
    case labelLags = 14
    case residualSpread = 15
    case classScores = 16
}
