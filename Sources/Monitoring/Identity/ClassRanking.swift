package import Statistics

/// The most probable classes of a multiclass row: what a later label needs of its class scores.
package struct ClassRanking: Hashable, Sendable {
    /// A class with its probability.
    package struct Entry: Hashable, Sendable {
        /// The class as canonical text.
        package let name: ByteText

        /// What the model gave it, mostly a probability; finite.
        package let probability: Double

        /// A class with its probability.
        package init(name: ByteText, probability: Double) {
            self.name = name
            self.probability = probability
        }
    }

    /// How many classes are kept.
    package static let most = 10

    /// The rank of a class that is not among the kept ones: beyond every k up to ``most``.
    package static let beyond = most + 1

    /// The kept classes, the most probable first; equal ones in the order of their bytes.
    package let entries: [Entry]

    /// The sum of the squares of all probabilities, also of those that are not kept, in units of 2^-52; nil where that is not
    /// known, and where scores are no probabilities: one is outside 0...1, or the squares make more than 1.
    package let squares: Int64?

    /// Ranks class scores; a class is named at most once.
    ///
    /// - Complexity: O(n log n).
    package init(_ scores: [Entry]) {
        let sorted = scores.sorted {
            $0.probability == $1.probability ? $0.name < $1.name : $0.probability > $1.probability
        }
        entries = Array(sorted.prefix(Self.most))
        squares = Self.squares(of: sorted)
    }

    /// The scores of a row whose own class is told, as they are counted class by class.
    func rowScores(own: ByteText, times: Int = 1) -> RowScores {
        RowScores(own: own, scores: entries.map { ($0.name, $0.probability) }, times: times)
    }

    private init(entries: [Entry], squares: Int64?) {
        self.entries = entries
        self.squares = squares
    }

    /// Each square is rounded once and the rest is adding whole numbers, so that the order of the classes decides nothing.
    private static func squares(of scores: [Entry]) -> Int64? {
        var sum: Int64 = 0
        for score in scores {
            guard (0...1).contains(score.probability) else { return nil }
            sum += Int64(((score.probability * score.probability) * 0x1p52).rounded(.toNearestOrEven))
            guard sum <= mostSquares else { return nil }
        }
        return sum
    }

    /// The squares of probabilities that add up to 1, give or take what rounding them to a few digits does.
    private static let mostSquares: Int64 = (1 << 52) + (1 << 42)

    /// The place of a true class; nil for what is no class.
    package func rank(of actual: Outcome) -> Int? { actual.category.map(rank) }

    /// The probability of a true class; nil for what is no class, was not kept, or got no probability.
    package func probability(of actual: Outcome) -> Double? { actual.category.flatMap(probability) }

    /// The sum over all classes of (probability - truth)^2; nil for what is no class, and where not all of that is known.
    package func squaredDistance(of actual: Outcome) -> Double? {
        guard let squares, let probability = probability(of: actual) else { return nil }
        return max(Double(squares) * 0x1p-52 - 2 * probability + 1, 0)
    }

    /// The place of a class, 1 being the most probable; ``beyond`` for one that is not kept.
    package func rank(of name: ByteText) -> Int {
        entries.firstIndex { $0.name == name }.map { $0 + 1 } ?? Self.beyond
    }

    /// The probability of a class: 0 for one that was not named, nil for one that was not kept and where scores are no
    /// probabilities.
    package func probability(of name: ByteText) -> Double? {
        guard entries.allSatisfy({ (0...1).contains($0.probability) }) else { return nil }
        if let entry = entries.first(where: { $0.name == name }) { return entry.probability }
        return entries.count < Self.most ? 0 : nil
    }
}

/// Bytes of a ranking, as part of the record of an id and of the log of outcomes.
extension ClassRanking {
    /// The ranking as bytes by itself.
    package func encoded() -> [UInt8] {
        var writer = SummaryWriter()
        write(to: &writer)
        return writer.bytes
    }

    /// Reads bytes that ``encoded()`` made.
    package init(decoding bytes: [UInt8]) throws(CodecError) {
        var reader = SummaryReader(bytes)
        try self.init(from: &reader, hasSquares: true)
        try reader.finish()
    }

    func write(to writer: inout SummaryWriter) {
        writer.write(varint: UInt64(entries.count))
        for entry in entries {
            writer.write(text: entry.name)
            writer.write(double: entry.probability)
        }
        // What is kept tells the rest, where that is all.
        guard entries.count == Self.most else { return }
        writer.write(varint: squares.map { UInt64($0.magnitude) + 1 } ?? 0)
    }

    /// `hasSquares` is false for records of formats in which only kept classes counted.
    init(from reader: inout SummaryReader, hasSquares: Bool) throws(CodecError) {
        var entries: [Entry] = []
        for _ in 0..<(try reader.count(upTo: Self.most)) {
            let entry = Entry(name: try reader.text(), probability: try reader.double())
            guard entry.probability.isFinite else { throw .invalid("a class score that is no number") }
            entries.append(entry)
        }
        let kept = Self(entries)
        guard kept.entries == entries else { throw .invalid("class scores out of order") }
        guard entries.count == Self.most else {
            self = kept
            return
        }
        let squares = hasSquares ? try reader.varint() : 0
        guard squares <= UInt64(Self.mostSquares) + 1 else { throw .invalid("squares of class scores of \(squares)") }
        self.init(entries: entries, squares: squares == 0 ? nil : Int64(squares - 1))
    }
}
