#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How many rows of a window may be of categories that its reference does not have, without any change.
///
/// Without drift each row might as well be on the other side. Given how many rows of each category both sides hold together, one
/// of `t` rows is unseen where all of them fall to the window: with the hypergeometric probability `(m)_t / (N)_t`. Nothing has
/// to be estimated of what the reference has not met. Rows of unseen categories are a sum of these, tested upwards only. Where
/// two categories or more are in question, its law is the chi-squared one with its mean, variance and third moment; where
/// fewer are, that of independent categories, rare ones as a compound Poisson law (Panjer 1981), which errs towards silence.
/// O(categories) and at most half a million additions. Smallest sound sample: one row on each side.
package struct UnseenLaw: Hashable, Sendable {
    /// How many rows the window has.
    package let rows: Int
    private let form: Form

    private enum Form: Hashable {
        case moments(NullLaw)
        /// The probabilities of at least so many units of rows above those that are unseen for sure.
        case tail([Double], unit: Int, sure: Int)
    }

    /// Categories of which both sides together have the same number of rows.
    private struct Group {
        let total: Int
        let number: Double
        /// That all rows of one are in the window.
        let probability: Double
    }

    /// How many categories must be in question for the moments to tell the law.
    private static let enough = 2.0
    /// Less of what is probable is nothing.
    private static let least = 1e-12
    /// Into how many units the rows of the largest category are divided.
    private static let units = 256

    /// The law of a window beside a reference; nil where a side has no rows.
    package init?(_ counts: PairedCounts) {
        let (n, m) = (counts.referenceTotal, counts.windowTotal)
        guard n > 0, m > 0 else { return nil }
        rows = m
        let totals = Dictionary(
            counts.reference.indices.map { (counts.reference[$0] &+ counts.window[$0], 1) }, uniquingKeysWith: +)
        let groups = totals.filter { $0.key > 0 && $0.key <= m }.sorted { $0.key < $1.key }
            .map {
                Group(
                    total: $0.key, number: Double($0.value),
                    probability: Self.probability($0.key, reference: Double(n), window: Double(m)))
            }
            .filter { $0.probability >= Self.least }
        let inQuestion = groups.reduce(0) { $0 + $1.number * $1.probability * (1 - $1.probability) }
        let law = inQuestion < Self.enough ? nil : Self.moments(groups, reference: Double(n), window: Double(m)).law()
        form = law.map { .moments($0) } ?? Self.tail(groups)
    }

    /// The probability of at least so many unseen rows without any change, not below 1e-15.
    package func pValue(_ unseen: Int) -> Double {
        guard unseen > 0 else { return 1 }
        switch form {
        case .moments(let law): return max(law.survival(Double(unseen)), 1e-15)
        case .tail(let tail, let unit, let sure):
            guard unseen > sure else { return 1 }
            let place = (unseen - sure - 1) / unit + 1
            return max(place < tail.count ? tail[place] : tail[tail.count - 1], 1e-15)
        }
    }

    /// The greatest share of unseen rows that is not significant at a level; nil where every one is not.
    package func critical(level: Double) -> Double? {
        guard level > 0, level < 1 else { return nil }
        let most: Int?
        switch form {
        case .moments(let law):
            most = law.critical(at: level).flatMap { Int(exactly: ($0.rounded(.up) - 1).rounded()) }
        case .tail(let tail, let unit, let sure):
            most = tail.firstIndex { $0 <= level }.map { sure + ($0 - 1) * unit }
        }
        return most.flatMap { $0 < rows ? Double(max($0, 0)) / Double(rows) : nil }
    }

    /// That all of so many rows are in the window.
    private static func probability(_ total: Int, reference n: Double, window m: Double) -> Double {
        let (total, all, share) = (Double(total), n + m, m / (n + m))
        let logarithm =
            total * log(share) + BinomialDensity.logarithm(m - total, of: all - total, share: share)
            - BinomialDensity.logarithm(m, of: all, share: share)
        return min(exp(logarithm), 1)
    }

    /// The moments of the sum; rows of one category leave less room in the window for those of another.
    private static func moments(_ groups: [Group], reference n: Double, window m: Double) -> TermMoments {
        var sum = TermMoments()
        var (all, own) = (0.0, 0.0)
        for group in groups {
            let (total, p) = (Double(group.total), group.probability)
            let square = total * total * p
            sum.mean += group.number * total * p
            sum.square += group.number * square * (1 - p)
            sum.cube += group.number * square * total * (1 - p) * (1 - 2 * p)
            all += group.number * square
            own += group.number * square * square
        }
        let growth = max(1 - (1 / m - 1 / (n + m)) * (all * all - own) / sum.square, 0)
        sum.square *= growth
        sum.cube *= growth * growth
        return sum
    }

    /// The law of few categories in question.
    private static func tail(_ groups: [Group]) -> Form {
        let sure = groups.filter { $0.probability > 0.9 }.reduce(0) { $0 + $1.total * Int($1.number) }
        let open = groups.filter { $0.probability <= 0.9 }
        guard let largest = open.last?.total else { return .tail([1, 0], unit: 1, sure: sure) }
        let unit = (largest - 1) / units + 1
        var rates = [Double](repeating: 0, count: units + 1)
        for group in open where group.probability <= 0.1 {
            rates[(group.total - 1) / unit + 1] -= group.number * log1p(-group.probability)
        }
        let used = rates.indices.filter { rates[$0] > 0 }
        var density = [Double](repeating: 0, count: 8 * units)
        density[0] = exp(-rates.reduce(0, +))
        for place in density.indices.dropFirst() {
            let sum = used.reduce(0.0) { $1 > place ? $0 : $0 + Double($1) * rates[$1] * density[place - $1] }
            density[place] = sum / Double(place)
        }
        for group in open where group.probability > 0.1 {
            let step = (group.total - 1) / unit + 1
            for _ in 0..<Int(group.number) {
                for place in density.indices.reversed() {
                    let before = place >= step ? density[place - step] : 0
                    density[place] += group.probability * (before - density[place])
                }
            }
        }
        // What lies beyond the last unit.
        var rest = max(1 - density.reduce(0, +), 0)
        var tail = density + [rest]
        for place in density.indices.reversed() {
            rest += density[place]
            tail[place] = min(rest, 1)
        }
        tail[0] = 1
        return .tail(tail, unit: unit, sure: sure)
    }
}
