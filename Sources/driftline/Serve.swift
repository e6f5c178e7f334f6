import App
import ArgumentParser
import Logging

/// Runs the service.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the service.",
        discussion: """
            Every setting is a flag, an environment variable (DRIFTLINE_LISTEN, DRIFTLINE_DATA, ...) and a key of the YAML \
            file; flags win over the environment, the environment over the file.
            """)

    @Option(help: "The address to serve on.") var listen: String?
    @Option(help: "The folder of the service's own files.") var data: String?
    @Option(help: "A YAML file with settings.") var config: String?
    @Option(help: "The folder of rule files.") var rules: String?
    @Option(help: "The file that says who is told.") var notifications: String?
    @Option(help: "The file that says what is retrained.") var retraining: String?
    @Option(name: .customLong("database-url"), help: "A PostgreSQL server, instead of one of the service's own.")
    var databaseURL: String?
    @Option(name: .customLong("external-url"), help: "The address under which others reach the service.")
    var externalURL: String?
    @Option(name: .customLong("log-level"), help: "trace, debug, info, notice, warning or error.") var logLevel: String?

    func run() async throws {
        let flags = [
            "listen": listen, "data": data, "config": config, "rules": rules, "notifications": notifications,
            "retraining": retraining, "database_url": databaseURL, "external_url": externalURL, "log_level": logLevel,
        ]
        try await Self.reporting {
            let settings = try Settings.read(
                flags: flags.compactMapValues(\.self), environment: ProcessEnvironment.variables)
            LoggingSystem.bootstrap({ LogLines(label: $0, metadataProvider: $1) }, metadataProvider: nil)
            var logger = Logger(label: "driftline")
            logger.logLevel = Logger.Level(rawValue: settings.logLevel) ?? .info
            try await Application(settings, logger: logger).run()
        }
    }

    /// Tells what went wrong in one place: the text of the error and no more.
    static func reporting(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as CommandFailure {
            throw error
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
