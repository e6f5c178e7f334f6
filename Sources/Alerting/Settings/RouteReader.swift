internal import Monitoring
internal import Query
internal import Statistics

/// Reads the routing tree of `notifications.yaml`.
enum RouteReader {
    private static let keys = [
        "receiver", "group_by", "group_wait", "group_interval", "repeat_interval", "matchers", "continue", "routes",
        "mute_time_intervals", "active_time_intervals",
    ]
    private static let unsupported = ["match", "match_re", "labels"]

    /// What a node hands down to its children.
    private struct Inherited {
        var key: String?
        var receiver = ""
        var grouping = Grouping.by([])
        var timers = GroupTimers.standard
    }

    /// The root of the tree, or nil after a mistake. With `receivers` nil the names are not looked up.
    static func root(
        _ node: YAMLNode, _ reader: inout SettingsReader, receivers: [String]?, intervals: [MuteTimes.Named] = []
    ) -> Route? {
        route(node, &reader, known: Known(receivers: receivers, intervals: intervals), parent: Inherited())
    }

    /// The names that a route may use.
    private struct Known {
        /// Nil where they are not looked up.
        let receivers: [String]?
        let intervals: [MuteTimes.Named]
    }

    private static func route(
        _ node: YAMLNode, _ reader: inout SettingsReader, known: Known, parent: Inherited
    ) -> Route? {
        guard let values = reader.mapping(node, "a route", keys: keys, unsupported: unsupported) else { return nil }
        let isRoot = parent.key == nil
        if isRoot {
            _ = reader.required("receiver", in: values, of: node, "the root route")
            for key in ["matchers", "continue", "mute_time_intervals", "active_time_intervals"] {
                guard let value = values[key] else { continue }
                reader.yaml.report("the root route takes every alert and has no \(key)", at: value.position)
            }
        }
        var own = parent
        let mistakes = reader.yaml.diagnostics.count
        if let value = values["receiver"] {
            own.receiver = Self.receiver(value, &reader, names: known.receivers) ?? parent.receiver
        }
        if let value = values["group_by"] { own.grouping = Self.grouping(value, &reader) ?? parent.grouping }
        own.timers = Self.timers(values, &reader, parent: parent.timers)
        let matchers = values["matchers"].map { reader.matchers($0, "matchers") } ?? []
        let continues = values["continue"].flatMap { reader.yaml.boolean($0, "continue") } ?? false
        let times = MuteTimes(
            mute: Self.intervals(values["mute_time_intervals"], &reader, "mute_time_intervals", known),
            active: Self.intervals(values["active_time_intervals"], &reader, "active_time_intervals", known))
        own.key = (parent.key.map { $0 + "/" } ?? "") + Route.text(of: matchers)
        var routes: [Route] = []
        for child in values["routes"].flatMap({ reader.yaml.sequence($0, "routes") }) ?? [] {
            if let route = Self.route(child, &reader, known: known, parent: own) { routes.append(route) }
        }
        guard reader.yaml.diagnostics.count == mistakes, let key = own.key else { return nil }
        return Route(
            key: key, receiver: own.receiver, grouping: own.grouping, timers: own.timers, matchers: matchers,
            continues: continues, routes: routes, times: times)
    }

    private static func intervals(
        _ node: YAMLNode?, _ reader: inout SettingsReader, _ what: String, _ known: Known
    ) -> [MuteTimes.Named] {
        guard let node else { return [] }
        var found: [MuteTimes.Named] = []
        for member in reader.yaml.sequence(node, what) ?? [] {
            guard let name = reader.yaml.text(member, "a member of \(what)") else { continue }
            if let interval = known.intervals.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
                found.append(interval)
            } else {
                reader.yaml.report("there is no time interval \(name.quoted) under time_intervals", at: member.position)
            }
        }
        return found
    }

    private static func receiver(_ node: YAMLNode, _ reader: inout SettingsReader, names: [String]?) -> String? {
        guard let name = reader.name(node, "receiver") else { return nil }
        guard let names, !names.contains(where: { ByteText($0) == ByteText(name) }) else { return name }
        let known = names.isEmpty ? "there are none" : "there are: " + names.map(\.quoted).joined(separator: ", ")
        reader.yaml.report("there is no receiver \(name.quoted) under receivers; \(known)", at: node.position)
        return nil
    }

    private static func grouping(_ node: YAMLNode, _ reader: inout SettingsReader) -> Grouping? {
        guard let nodes = reader.yaml.sequence(node, "group_by") else { return nil }
        var names: [String] = []
        for node in nodes {
            guard let name = reader.yaml.text(node, "a member of group_by") else { continue }
            if name == "..." {
                guard nodes.count == 1 else {
                    reader.yaml.report("'...' stands for all labels and must be alone in group_by", at: node.position)
                    continue
                }
                return .all
            }
            if !Label.isName(name) {
                reader.yaml.report("\(name.quoted) in group_by is not a label name", at: node.position)
            } else if names.contains(name) {
                reader.yaml.report("\(name.quoted) occurs twice in group_by", at: node.position)
            }
            names.append(name)
        }
        return .by(names)
    }

    private static func timers(
        _ values: [String: YAMLNode], _ reader: inout SettingsReader, parent: GroupTimers
    ) -> GroupTimers {
        func timer(_ key: String, _ least: PrometheusDuration, _ inherited: PrometheusDuration) -> PrometheusDuration {
            values[key].flatMap { reader.duration($0, key, least: least) } ?? inherited
        }
        let least = PrometheusDuration(microseconds: 1000)
        return GroupTimers(
            wait: timer("group_wait", .zero, parent.wait), interval: timer("group_interval", least, parent.interval),
            repetition: timer("repeat_interval", least, parent.repetition))
    }
}
