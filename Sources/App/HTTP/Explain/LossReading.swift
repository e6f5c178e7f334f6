import Monitoring
import Statistics

/// One sentence about an accuracy loss, for people.
struct LossReading {
    let whole: RateDecomposition
    let splits: [LossSection.Split]

    /// What is most to be said: whether accuracy fell, and which one cause explains most of it.
    var sentence: String {
        let difference = whole.difference
        guard difference < 0 else {
            return difference == 0
                ? "Accuracy is as before." : "Accuracy rose by \(Self.points(difference)) points."
        }
        let fall = "Accuracy fell by \(Self.points(difference)) points"
        if let interval = whole.interval, interval.high >= 0 {
            return "\(fall), which may be chance: the interval of the difference holds 0."
        }
        guard let cause = causes.min(by: { $0.amount < $1.amount }), cause.amount < 0 else {
            return "\(fall); no declared segment tells why."
        }
        return
            "\(Self.points(cause.amount)) of \(Self.points(difference)) points of accuracy loss come from \(cause.text)."
    }

    private var causes: [(amount: Double, text: String)] {
        splits.flatMap { split in
            let names = split.combination.map(\.string).joined(separator: ",")
            var causes = split.decomposition.parts.map { part in
                let place =
                    part.group.name == LossSection.outside ? "rows in no segment of \(names)" : part.group.name.string
                return (amount: part.behaviour, text: "behaviour in \(place)")
            }
            causes.append((split.decomposition.mix, "a changed mix of \(names)"))
            return causes
        }
    }

    /// A share in points of a hundred, without its sign, to one digit.
    private static func points(_ share: Double) -> String {
        let tenths = (share.magnitude * 1000).rounded() / 10
        let text = "\(tenths)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
