import App
import ArgumentParser

/// Keys for the API.
struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keys for the API.", subcommands: [Create.self])

    /// Makes a key.
    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an admin key and prints it once; only its digest is kept.")

        @Option(help: "What the key is for.") var name = "admin"
        @OptionGroup var store: StoreOptions

        func run() async throws {
            try await Serve.reporting {
                let (settings, logger) = try store.settings()
                print(try await KeyCreation(settings, logger: logger).create(name: name))
            }
        }
    }
}
