import Configuration
import Monitoring
import Yams

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the service was told to be: the only reader of configuration. Flags win over environment over the YAML file.
package struct Settings: Sendable, Equatable {
    /// Where HTTP is served.
    package var listen: ListenAddress
    /// The folder of the service's own files, among them the embedded cluster.
    package var data: String
    /// The folder of rule files.
    package var rules: String
    /// The notifications file.
    package var notifications: String
    /// The retraining file.
    package var retraining: String
    /// A PostgreSQL server, or nil for the embedded cluster. A secret.
    package var databaseURL: String?
    /// The address under which others reach this service; goes into call-backs and notifications.
    package var externalURL: String
    /// How far an event time may lie ahead of the server's clock, in seconds.
    package var maximumFutureSkew: Int
    /// Most rows a single request may carry.
    package var maximumRows: Int
    /// Most decoded bytes a single request may carry.
    package var maximumBodyBytes: Int
    /// Most bytes of requests that are held in memory at once.
    package var maximumPendingBytes: Int
    /// About how many bytes the panes and running totals of all models may take in memory.
    package var maximumWindowBytes: Int
    /// About how many bytes references may take in memory while windows are compared with them.
    package var maximumReferenceBytes: Int
    /// `trace`, `debug`, `info`, `warning` or `error`.
    package var logLevel: String
    /// Whether rows are taken although the server's settings may lose them in a crash.
    package var allowsDataLoss: Bool
    /// How long settled deliveries are kept.
    package var deliveries: DeliveryAge

    /// One key of the settings, with its default and how to say what it is.
    struct Key: Sendable {
        let name: String
        let fallback: String?
    }

    static let keys: [Key] = [
        Key(name: "listen", fallback: "127.0.0.1:8080"), Key(name: "data", fallback: "./data"),
        Key(name: "rules", fallback: "./rules"), Key(name: "notifications", fallback: "./notifications.yaml"),
        Key(name: "retraining", fallback: "./retraining.yaml"), Key(name: "database_url", fallback: nil),
        Key(name: "external_url", fallback: nil), Key(name: "maximum_future_skew", fallback: "300"),
        Key(name: "maximum_rows", fallback: "10000"), Key(name: "maximum_body_bytes", fallback: "16777216"),
        Key(name: "maximum_pending_bytes", fallback: "268435456"),
        Key(name: "maximum_window_bytes", fallback: "\(WindowMemory.standardBudget)"),
        Key(name: "maximum_reference_bytes", fallback: "\(ReferenceShelf.standardBudget)"),
        Key(name: "log_level", fallback: "info"), Key(name: "allow_data_loss", fallback: "false"),
        Key(name: "delivery_retention", fallback: "30d"), Key(name: "dead_delivery_retention", fallback: "180d"),
    ]

    /// Reads the settings.
    /// - Parameters:
    ///   - flags: what the command line said, by key name.
    ///   - environment: the process environment; keys are `DRIFTLINE_` and the name in capitals.
    /// - Returns: valid settings.
    /// - Throws: `SettingsError` with every mistake found.
    package static func read(flags: [String: String], environment: [String: String]) throws(SettingsError) -> Settings {
        var mistakes: [String] = []
        let file = flags["config"] ?? environment["DRIFTLINE_CONFIG"]
        let fromFile = file.map { contents(of: $0, mistakes: &mistakes) } ?? [:]
        let fromEnvironment = variables(environment, mistakes: &mistakes)
        let reader = ConfigReader(providers: [
            provider("flags", flags), provider("environment", fromEnvironment), provider("file", fromFile),
        ])
        func text(_ name: String) -> String? {
            reader.string(forKey: ConfigKey([name]), isSecret: name == "database_url")
                ?? keys.first { $0.name == name }?.fallback
        }
        func number(_ name: String, in range: ClosedRange<Int>) -> Int {
            guard let text = text(name), let number = Int(text), range.contains(number) else {
                mistakes.append("\(name): give a whole number from \(range.lowerBound) to \(range.upperBound)")
                return range.lowerBound
            }
            return number
        }
        func duration(_ name: String) -> PrometheusDuration {
            if let found = text(name).flatMap({ PrometheusDuration($0) }), found >= .hours(1) { return found }
            mistakes.append("\(name): give a duration of at least 1h, such as 30d")
            return .days(1)
        }
        let listen = text("listen").flatMap(ListenAddress.init)
        if listen == nil { mistakes.append("listen: give an address and a port, as in 127.0.0.1:8080 or [::1]:8080") }
        let levels = ["trace", "debug", "info", "notice", "warning", "error"]
        let level = text("log_level") ?? "info"
        if !levels.contains(level) { mistakes.append("log_level: give one of \(levels.joined(separator: ", "))") }
        let allowsDataLoss = text("allow_data_loss").flatMap(Bool.init)
        if allowsDataLoss == nil { mistakes.append("allow_data_loss: give true or false") }
        let address = listen ?? ListenAddress(host: "127.0.0.1", port: 8080)
        let settings = Settings(
            listen: address, data: text("data") ?? "", rules: text("rules") ?? "",
            notifications: text("notifications") ?? "", retraining: text("retraining") ?? "",
            databaseURL: text("database_url"), externalURL: text("external_url") ?? "http://\(address)",
            maximumFutureSkew: number("maximum_future_skew", in: 0...86_400),
            maximumRows: number("maximum_rows", in: 1...1_000_000),
            maximumBodyBytes: number("maximum_body_bytes", in: 1024...1_073_741_824),
            maximumPendingBytes: number("maximum_pending_bytes", in: 1 << 20...1 << 40),
            maximumWindowBytes: number("maximum_window_bytes", in: 1 << 20...1 << 40),
            maximumReferenceBytes: number("maximum_reference_bytes", in: 1 << 20...1 << 40), logLevel: level,
            allowsDataLoss: allowsDataLoss ?? false,
            deliveries: DeliveryAge(
                delivered: duration("delivery_retention"), dead: duration("dead_delivery_retention")))
        guard mistakes.isEmpty else { throw SettingsError(mistakes: mistakes) }
        return settings
    }

    private static func provider(_ name: String, _ values: [String: String]) -> InMemoryProvider {
        InMemoryProvider(
            name: name,
            values: Dictionary(
                uniqueKeysWithValues: values.map { entry in
                    let value = ConfigValue(.string(entry.value), isSecret: entry.key == "database_url")
                    return (AbsoluteConfigKey([entry.key]), value)
                }))
    }

    /// Environment variables whose name a setting answers to; others that begin with `DRIFTLINE_` are left to tools.
    private static func variables(_ environment: [String: String], mistakes: inout [String]) -> [String: String] {
        var values: [String: String] = [:]
        for key in keys {
            values[key.name] = environment["DRIFTLINE_" + key.name.uppercased()]
        }
        return values
    }

    private static func contents(of file: String, mistakes: inout [String]) -> [String: String] {
        do {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            guard let node = try Yams.compose(yaml: text) else { return [:] }
            guard let mapping = node.mapping else {
                mistakes.append("\(file): give settings as `key: value` lines")
                return [:]
            }
            var values: [String: String] = [:]
            for (key, value) in mapping {
                let name = key.string ?? ""
                if !keys.contains(where: { $0.name == name }) {
                    let known = keys.map(\.name).joined(separator: ", ")
                    mistakes.append("\(file):\(key.mark?.line ?? 0): no setting is called \(name); known are \(known)")
                } else if let scalar = value.scalar {
                    values[name] = scalar.string
                } else {
                    mistakes.append("\(file):\(key.mark?.line ?? 0): \(name) takes a single value")
                }
            }
            return values
        } catch {
            mistakes.append("\(file): \(reason(error))")
            return [:]
        }
    }

    private static func reason(_ error: any Error) -> String {
        error is YamlError ? "not YAML: \(error)" : "cannot be read; does it exist, and may this user read it?"
    }
}
