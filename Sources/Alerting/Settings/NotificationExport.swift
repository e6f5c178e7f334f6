internal import Monitoring
internal import Query
internal import Statistics

/// Writes notification settings as a configuration that a plain Alertmanager accepts: without our own keys and without secrets.
package struct NotificationExport {
    /// How addresses are written.
    package enum Addresses: Sendable {
        /// As they are, for a file that somebody takes away.
        case revealed
        /// Scheme and host alone, for an answer over HTTP.
        case masked
    }

    private let addresses: Addresses
    private var lines: [String] = []
    /// What Alertmanager 0.25 has no words for, a sentence each; the text has them as comments.
    package private(set) var omissions: [String] = []

    /// The text of the configuration.
    package var text: String { lines.joined(separator: "\n") + "\n" }

    /// The configuration of settings.
    package init(of settings: NotificationSettings, addresses: Addresses) {
        var export = Self(addresses: addresses)
        export.write("route:")
        export.write(settings.route, indent: "  ", isRoot: true)
        export.write(
            receivers: settings.receivers.values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
        export.write(rules: settings.inhibition)
        export.write(intervals: Self.intervals(of: settings.route))
        self = export
    }

    private init(addresses: Addresses) {
        self.addresses = addresses
    }

    private mutating func write(_ line: String) { lines.append(line) }

    private mutating func write(_ route: Route, indent: String, isRoot: Bool) {
        write("\(indent)receiver: \(route.receiver.quoted)")
        switch route.grouping {
        case .all: write("\(indent)group_by: ['...']")
        case .by(let names): write("\(indent)group_by: \(list(names.contains("model") ? names : names + ["model"]))")
        }
        if !isRoot {
            write("\(indent)matchers: \(list(route.matchers.map(\.description)))")
            write("\(indent)continue: \(route.continues)")
        }
        write("\(indent)group_wait: \(route.timers.wait.text)")
        write("\(indent)group_interval: \(route.timers.interval.text)")
        write("\(indent)repeat_interval: \(route.timers.repetition.text)")
        let times = [("mute_time_intervals", route.times.mute), ("active_time_intervals", route.times.active)]
        for (key, intervals) in times where !intervals.isEmpty {
            write("\(indent)\(key): \(list(intervals.map(\.name)))")
        }
        guard !route.routes.isEmpty else { return }
        write("\(indent)routes:")
        for child in route.routes {
            write("\(indent)-")
            write(child, indent: indent + "  ", isRoot: false)
        }
    }

    private mutating func write(receivers: [Receiver]) {
        write("receivers:")
        for receiver in receivers {
            write("- name: \(receiver.name.quoted)")
            let webhooks = receiver.channels.compactMap(\.webhook)
            if !webhooks.isEmpty { write("  webhook_configs:") }
            for webhook in webhooks {
                write("  - url: \(url(webhook.address).quoted)")
                write("    send_resolved: \(webhook.audience.sendsResolved)")
                write("    max_alerts: \(webhook.audience.mostAlerts)")
                let options = HTTPOptionsExport(webhook.http, isMasked: isMasked)
                for line in options.lines { write(line) }
                omit(options.omissions + Self.omissions(of: webhook), of: receiver)
            }
            let messengers = MessengerExport(receiver, isMasked: isMasked)
            for line in messengers.lines { write(line) }
            let mails = EmailExport(receiver.channels.compactMap(\.email), isMasked: isMasked)
            for line in mails.lines { write(line) }
            let pushes = receiver.channels.count { if case .alertmanager = $0 { true } else { false } }
            let others = pushes > 0 ? ["alertmanager_configs: whoever reads this file is the Alertmanager"] : []
            omit(messengers.omissions + mails.omissions + others, of: receiver)
        }
    }

    private static func omissions(of webhook: WebhookSettings) -> [String] {
        var omissions: [String] = []
        if webhook.signingSecret != nil { omissions.append("the signature of a webhook") }
        if webhook.format != .alertmanager {
            omissions.append("the format of a webhook; it gets the body of version 4")
        }
        return omissions
    }

    private mutating func omit(_ whats: [String], of receiver: Receiver) {
        for what in whats {
            write("  # left out: \(what)")
            omissions.append("receiver \(receiver.name): left out: \(what)")
        }
    }

    private var isMasked: Bool { if case .masked = addresses { true } else { false } }

    private func url(_ address: AddressSource) -> String {
        if let url = Self.url(address, isMasked: isMasked) { return url }
        return "http://address-outside-of-this-file.invalid/"
    }

    /// An address; nil where it stands outside of the settings.
    static func url(_ address: AddressSource, isMasked: Bool) -> String? {
        switch address {
        case .inline(let url): isMasked ? url.description.replacing("/...", with: "/masked") : url.revealed
        case .outside: nil
        }
    }

    private mutating func write(rules: [InhibitRule]) {
        guard !rules.isEmpty else { return }
        write("inhibit_rules:")
        for rule in rules {
            write("- source_matchers: \(list(rule.source.map(\.description)))")
            write("  target_matchers: \(list(rule.target.map(\.description)))")
            write("  equal: \(list(rule.equal))")
        }
    }

    private mutating func write(intervals: [MuteTimes.Named]) {
        guard !intervals.isEmpty else { return }
        write("time_intervals:")
        for named in intervals {
            write("- name: \(named.name.quoted)")
            write("  time_intervals: [\(named.intervals.map(\.notation).joined(separator: ", "))]")
        }
    }

    private static func intervals(of route: Route) -> [MuteTimes.Named] {
        var found: [MuteTimes.Named] = []
        for interval in route.times.mute + route.times.active + route.routes.flatMap(intervals)
        where !found.contains(where: { $0.name.utf8.elementsEqual(interval.name.utf8) }) {
            found.append(interval)
        }
        return found
    }

    private func list(_ texts: [String]) -> String {
        "[" + texts.map(\.quoted).joined(separator: ", ") + "]"
    }
}

extension TimeInterval {
    private static let weekdayNames = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]

    /// The interval in Alertmanager's notation, as a mapping on one line.
    fileprivate var notation: String {
        var parts: [String] = []
        func add(_ key: String, _ members: [String]) {
            if !members.isEmpty { parts.append("\(key): [\(members.map(\.quoted).joined(separator: ", "))]") }
        }
        if !minutes.isEmpty {
            let times = minutes.map { range in
                "{start_time: \(Self.clock(range.lowerBound).quoted), end_time: \(Self.clock(range.upperBound).quoted)}"
            }
            parts.append("times: [\(times.joined(separator: ", "))]")
        }
        add(
            "weekdays",
            weekdays.map { "\(Self.weekdayNames[Int($0.lowerBound)]):\(Self.weekdayNames[Int($0.upperBound)])" })
        add("days_of_month", days.map { "\($0.first):\($0.last)" })
        add("months", months.map { "\($0.lowerBound):\($0.upperBound)" })
        add("years", years.map { "\($0.lowerBound):\($0.upperBound)" })
        if zone != .utc { parts.append("location: \(zone.name.quoted)") }
        return "{\(parts.joined(separator: ", "))}"
    }

    private static func clock(_ minute: Int64) -> String {
        let (hours, rest) = minute.quotientAndRemainder(dividingBy: 60)
        return (hours < 10 ? "0\(hours)" : "\(hours)") + (rest < 10 ? ":0\(rest)" : ":\(rest)")
    }
}

extension ChannelSettings {
    /// The e-mail that it is.
    fileprivate var email: EmailSettings? {
        if case .email(let settings) = self { settings } else { nil }
    }

    /// The webhook that it is.
    fileprivate var webhook: WebhookSettings? {
        switch self {
        case .webhook(let settings): settings
        case .messenger, .email, .alertmanager: nil
        }
    }
}
