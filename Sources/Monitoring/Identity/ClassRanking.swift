package import Statistics

/// The most probable classes of a multiclass row: what a later label needs of its class scores.
package struct ClassRanking: Hashable, Sendable {
    /// A class with its probability.
    package struct Entry: Hashable, Sendable {
        /// The class as canonical text.
        package let name: ByteText

        /// What the model gave it; finite.
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

    /// The sum of the probabilities that are not kept.
    package let rest: Double

    /// Ranks class scores; a class is named at most once.
    ///
    /// - Complexity: O(n log n).
    package init(_ scores: [Entry]) {
        let sorted = scores.sorted {
            $0.probability == $1.probability ? $0.name < $1.name : $0.probability > $1.probability
        }
        entries = Array(sorted.prefix(Self.most))
        rest = sorted.dropFirst(Self.most).reduce(0) { $0 + $1.probability }
    }

    init(entries: [Entry], rest: Double) {
        self.entries = entries
        self.rest = rest
    }

    /// The place of a class, 1 being the most probable; ``beyond`` for one that is not kept.
    package func rank(of name: ByteText) -> Int {
        entries.firstIndex { $0.name == name }.map { $0 + 1 } ?? Self.beyond
    }

    /// The probability of a class; 0 for one that the scores did not name, nil for one that was not kept.
    package func probability(of name: ByteText) -> Double? {
        if let entry = entries.first(where: { $0.name == name }) { return entry.probability }
        return entries.count < Self.most ? 0 : nil
    }
}
