/// Whether isotonic regression would calibrate scores better than leaving them as they are, tried on rows that it did not see.
///
/// The rows of every score are dealt to five folds by a generator that is seeded with the score, so the trial depends on the set
/// of rows alone. Each fold is predicted from the other four, and the expected calibration errors over ten bins of equal width
/// are compared, all folds taken together. O(rows), O(distinct scores) where scores have more than 64 rows.
struct CalibrationTrial {
    private static let folds = 5
    private let parts: [[ScoredPoint]]

    init(_ points: [ScoredPoint]) {
        var parts = [[ScoredPoint]](repeating: [], count: Self.folds)
        for point in points {
            var state = point.score.bitPattern
            let positives = Self.dealt(point.positives, &state)
            let negatives = Self.dealt(point.negatives, &state)
            for fold in 0..<Self.folds {
                parts[fold].append(
                    ScoredPoint(score: point.score, positives: positives[fold], negatives: negatives[fold]))
            }
        }
        self.parts = parts
    }

    /// Rows dealt to the folds at random; of many, most evenly.
    private static func dealt(_ rows: Double, _ state: inout UInt64) -> [Double] {
        let even = rows > 64 ? (rows / Double(folds)).rounded(.down) - 8 : 0
        var dealt = [Double](repeating: even, count: folds)
        var rest = rows - even * Double(folds)
        while rest > 0 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            dealt[Int((mixed ^ mixed >> 31) % UInt64(folds))] += min(rest, 1)
            rest -= 1
        }
        return dealt
    }

    /// Whether the calibration error of unseen rows is less with isotonic regression than with the scores themselves.
    var isIsotonicBetter: Bool {
        var (mapped, plain) = (Bins(), Bins())
        for fold in parts.indices {
            var rest = parts[fold].map { ScoredPoint(score: $0.score, positives: 0, negatives: 0) }
            for (other, part) in parts.enumerated() where other != fold {
                for index in part.indices {
                    rest[index].positives += part[index].positives
                    rest[index].negatives += part[index].negatives
                }
            }
            let blocks = ScoreCalibrator.blocks(rest)
            guard !blocks.isEmpty else { return false }
            let calibrator = ScoreCalibrator(blocks: blocks, isIsotonic: true)
            for point in parts[fold] {
                mapped.add(calibrator.probability(of: point.score), point)
                plain.add(point.score, point)
            }
        }
        return mapped.error < plain.error
    }

    private struct Bins {
        private var gaps = [Double](repeating: 0, count: Calibration.binCount)

        mutating func add(_ probability: Double, _ point: ScoredPoint) {
            let bin = min(Int(min(max(probability, 0), 1) * Double(gaps.count)), gaps.count - 1)
            gaps[bin] += probability * (point.positives + point.negatives) - point.positives
        }

        var error: Double { gaps.reduce(0) { $0 + $1.magnitude } }
    }
}
