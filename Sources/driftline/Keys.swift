import App
import ArgumentParser
import Logging

/// Keys for the API.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keys for the API.", subcommands: [Create.self])

    /// Makes a key.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an admin key and prints it once; only its digest is kept.")

        @Option(help: "What the key is for.") var name = "admin"
        @Option(help: "The data folder of the service.") var data: String?
        @Option(help: "The settings file of the service.") var config: String?
        @Option(name: .customLong("database-url"), help: "The PostgreSQL server of the service.") var databaseURL:
            String?

        func run() async throws {
            let flags = ["data": data, "config": config, "database_url": databaseURL]
            try await Serve.reporting {
                let settings = try Settings.read(
                    flags: flags.compactMapValues(\.self), environment: ProcessEnvironment.variables)
                var logger = Logger(label: "driftline")
                logger.logLevel = .warning
                print(try await KeyCreation(settings, logger: logger).create(name: name))
            }
        }
    }
}
