internal import Monitoring
internal import Query

/// A group of alerts as it is kept: the shape of its JSON text.
struct StoredGroup: Codable {
    let route: String
    let labels: [[String]]
    let destination: String
    let channel: String
    let wait: Int64
    let interval: Int64
    let repetition: Int64
    let members: [StoredAlert]
    let later: [StoredArrival]
    let told: StoredTold?
    let lastFlush: Int64?
    let nextFlush: Int64?
    let sequence: Int64
    /// Left out where it is false, as it was before there was any silence.
    let isHushed: Bool?
    /// Left out for the groups of rules.
    let origin: String?

    struct StoredArrival: Codable {
        let time: Int64
        let alert: StoredAlert
    }

    struct StoredTold: Codable {
        let time: Int64
        let firing: [String]
        let resolved: [String]
    }

    init(_ group: AlertGroup) {
        route = group.key.route
        labels = StoredAlert.lists(of: group.key.labels.pairs)
        destination = group.destination.name
        channel = group.destination.channel
        wait = group.timers.wait.microseconds
        interval = group.timers.interval.microseconds
        repetition = group.timers.repetition.microseconds
        members = group.members.map(StoredAlert.init)
        later = group.later.map { StoredArrival(time: $0.time.microseconds, alert: StoredAlert($0.alert)) }
        told = group.told.map { told in
            StoredTold(
                time: told.at.microseconds, firing: told.firing.sorted().map(\.description),
                resolved: told.resolved.sorted().map(\.description))
        }
        lastFlush = group.lastFlush?.microseconds
        nextFlush = group.nextFlush?.microseconds
        sequence = group.sequence
        isHushed = group.isHushed ? true : nil
        origin = group.origin == .rules ? nil : group.origin.rawValue
    }

    /// The group, or nil where the text was not made by us.
    var group: AlertGroup? {
        guard let pairs = StoredAlert.labels(of: labels), interval > 0, repetition > 0 else { return nil }
        var group = AlertGroup(
            key: GroupKey(route: route, labels: Labels(pairs)),
            destination: Destination(name: destination, channel: channel),
            timers: GroupTimers(
                wait: PrometheusDuration(microseconds: wait), interval: PrometheusDuration(microseconds: interval),
                repetition: PrometheusDuration(microseconds: repetition)),
            origin: origin.flatMap(AlertGroup.Origin.init(rawValue:)) ?? .rules)
        group.members = members.compactMap(\.alert)
        group.later = later.compactMap { arrival in
            arrival.alert.alert.map { .init(time: Time(microseconds: arrival.time), alert: $0) }
        }
        group.told = told.map { told in
            Told(
                at: Time(microseconds: told.time), firing: Set(told.firing.compactMap(Fingerprint.init)),
                resolved: Set(told.resolved.compactMap(Fingerprint.init)))
        }
        group.lastFlush = lastFlush.map(Time.init)
        group.nextFlush = nextFlush.map(Time.init)
        group.sequence = sequence
        group.isHushed = isHushed ?? false
        let isWhole = group.members.count == members.count && group.later.count == later.count
        return isWhole ? group : nil
    }
}
