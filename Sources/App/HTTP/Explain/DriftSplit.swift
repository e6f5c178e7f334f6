import JSON
import Monitoring
import Statistics

/// Which segments of one combination carry a feature's drift.
struct DriftSplit {
    private struct Part {
        let segment: Segment
        let change: SegmentChange
        let reference: Int
        let window: Int
    }

    /// The most segments that are listed; the others are added up.
    private static let most = 50

    private let combination: [ByteText]
    private let smoothing: Double?
    private let total: Double
    private let unit: Int
    private var parts: [Part] = []

    init(_ explanation: DriftExplanation, by combination: [ByteText]) {
        self.combination = combination
        smoothing = explanation.smoothing
        total = explanation.total
        unit = explanation.unit
    }

    /// Whether the measure is a sum that segments have parts of.
    var isDefined: Bool { smoothing != nil }

    mutating func add(_ segment: Segment, _ summary: WindowSummary, of explanation: DriftExplanation) {
        let counts = explanation.counts(of: summary)
        guard counts.referenceTotal + counts.windowTotal > 0, let change = explanation.change(of: summary) else {
            return
        }
        parts.append(
            Part(segment: segment, change: change, reference: counts.referenceTotal, window: counts.windowTotal))
    }

    func write(to object: inout JSONWriter) {
        let sorted = parts.sorted { left, right in
            let (first, second) = (left.change.total.magnitude, right.change.total.magnitude)
            return first == second ? left.segment.text < right.segment.text : first > second
        }
        object.member("by", combination.map(\.string))
        object.member("mix", parts.reduce(0) { $0 + $1.change.mix })
        object.member("within", parts.reduce(0) { $0 + $1.change.within })
        object.member("outside", total - parts.reduce(0) { $0 + $1.change.total })
        object.member("smoothing", smoothing, or: .noSum)
        object.array("parts") { array in
            for part in sorted.prefix(Self.most) {
                array.object { entry in
                    entry.member("segment", part.segment.text.string)
                    entry.member(count: "reference", part.reference, of: unit)
                    entry.member(count: "window", part.window, of: unit)
                    entry.member("mix", part.change.mix)
                    entry.member("within", part.change.within)
                }
            }
        }
        let rest = sorted.dropFirst(Self.most)
        guard !rest.isEmpty else { return }
        object.object("further_parts") { entry in
            entry.member("segments", rest.count)
            entry.member("mix", rest.reduce(0) { $0 + $1.change.mix })
            entry.member("within", rest.reduce(0) { $0 + $1.change.within })
        }
    }
}
