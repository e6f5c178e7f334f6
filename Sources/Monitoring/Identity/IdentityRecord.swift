package import Statistics

/// Everything known about one prediction id of a model: the meeting point of predictions and labels.
///
/// Pure decisions: whatever the order in which versions and labels arrive, the deltas that were handed out add up to the same.
package struct IdentityRecord: Sendable {
    /// The predictions, one a model version, in the order of the versions' bytes.
    package internal(set) var versions: [Version] = []

    /// The labels by time; the last one counts.
    package internal(set) var labels: [Label] = []

    /// Whether the row was erased; then nothing but the digests is left, and nothing is taken any more.
    package internal(set) var isErased = false

    /// Nothing known yet.
    package init() {}

    /// The most labels and the most versions of one id.
    package static let most = 100

    /// Takes a prediction.
    ///
    /// - Complexity: O(versions + labels).
    package mutating func record(prediction: Version) -> PredictionDecision {
        if isErased { return .duplicate }
        let place = versions.firstIndex { $0.version >= prediction.version } ?? versions.count
        if place < versions.count, versions[place].version == prediction.version {
            return versions[place].digest == prediction.digest ? .duplicate : .conflict
        }
        guard versions.count < Self.most else {
            return .refused("the id has \(Self.most) model versions already; use another prediction_id")
        }
        versions.insert(prediction, at: place)
        return .new(chain(of: prediction))
    }

    /// Takes a label; it counts for every version.
    ///
    /// Between its predecessor P and its successor S by time, a label L adds `+L -P` at the time of L, and at the time of S turns
    /// the `-P` of before into `-L`.
    /// - Complexity: O(versions + labels).
    package mutating func record(label: Label) -> LabelDecision {
        if isErased { return .duplicate }
        let place = labels.firstIndex { $0 >= label } ?? labels.count
        if place < labels.count, labels[place] == label { return .duplicate }
        guard labels.count < Self.most else {
            return .refused("the id has \(Self.most) labels already; no more corrections are taken")
        }
        let predecessor = place > 0 ? labels[place - 1] : nil
        let successor = place < labels.count ? labels[place] : nil
        labels.insert(label, at: place)
        var deltas: [OutcomeDelta] = []
        for version in versions {
            deltas += Self.insertion(of: label, after: predecessor, before: successor, into: version)
        }
        return .new(deltas, isCorrection: labels.count > 1, isPending: versions.isEmpty)
    }

    /// Takes a version out again, and returns what undoes its outcomes; nothing where it is not known.
    ///
    /// Labels stay and wait for the prediction to come back.
    package mutating func remove(version: ByteText) -> [OutcomeDelta] {
        guard let place = versions.firstIndex(where: { $0.version == version }) else { return [] }
        return chain(of: versions.remove(at: place)).map(\.negated)
    }

    /// Erases the content, keeps that the id was used, and returns what undoes all its outcomes.
    package mutating func erase() -> [OutcomeDelta] {
        let deltas = versions.flatMap(chain).map(\.negated)
        isErased = true
        labels = []
        versions = versions.map { version in
            var erased = version
            erased.predicted = .none
            erased.score = .nan
            erased.segments = []
            erased.weight = .one
            erased.ranking = nil
            return erased
        }
        return deltas
    }

    /// All outcomes of the id, as a fold from nothing would get them; empty while there are no labels.
    package var deltas: [OutcomeDelta] {
        isErased ? [] : versions.flatMap(chain)
    }

    /// The label that counts.
    package var currentLabel: Label? { labels.last }

    private func chain(of version: Version) -> [OutcomeDelta] {
        var deltas: [OutcomeDelta] = []
        var predecessor: Label?
        for label in labels {
            deltas.append(version.delta(label, at: label.time, sign: 1, isReplacement: false))
            if let predecessor {
                deltas.append(version.delta(predecessor, at: label.time, sign: -1, isReplacement: true))
            }
            predecessor = label
        }
        return deltas
    }

    private static func insertion(
        of label: Label, after predecessor: Label?, before successor: Label?, into version: Version
    ) -> [OutcomeDelta] {
        var deltas = [version.delta(label, at: label.time, sign: 1, isReplacement: false)]
        if let predecessor {
            deltas.append(version.delta(predecessor, at: label.time, sign: -1, isReplacement: true))
        }
        guard let successor else { return deltas }
        deltas.append(version.delta(label, at: successor.time, sign: -1, isReplacement: true))
        if let predecessor {
            deltas.append(version.delta(predecessor, at: successor.time, sign: 1, isReplacement: true))
        }
        return deltas
    }
}
