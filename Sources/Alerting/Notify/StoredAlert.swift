internal import Monitoring
internal import Query

/// An alert as it is kept: the shape of its JSON text.
struct StoredAlert: Codable {
    let labels: [[String]]
    let annotations: [[String]]
    let startsAt: Int64
    let endsAt: Int64?
    let generatorURL: String

    init(_ alert: NotifiedAlert) {
        labels = Self.lists(of: alert.labels.pairs)
        annotations = Self.lists(of: alert.annotations)
        startsAt = alert.startsAt.microseconds
        endsAt = alert.endsAt?.microseconds
        generatorURL = alert.generatorURL
    }

    /// The alert, or nil where the text was not made by us.
    var alert: NotifiedAlert? {
        guard let labels = Self.labels(of: labels), let annotations = Self.labels(of: annotations) else { return nil }
        return NotifiedAlert(
            labels: Labels(labels), annotations: annotations, startsAt: Time(microseconds: startsAt),
            endsAt: endsAt.map(Time.init), generatorURL: generatorURL)
    }

    /// Labels as pairs: a JSON object would merge names that differ in their bytes only.
    static func lists(of labels: [Label]) -> [[String]] {
        labels.map { [$0.name, $0.value] }
    }

    /// The labels of pairs, or nil where one is not a pair.
    static func labels(of lists: [[String]]) -> [Label]? {
        guard lists.allSatisfy({ $0.count == 2 }) else { return nil }
        return lists.map { Label(name: $0[0], value: $0[1]) }
    }
}
