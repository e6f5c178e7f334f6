import ArgumentParser

/// The command line of Driftline.
@main
struct Driftline: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "driftline",
        abstract: "Watches models in production: drift, performance, alerts, retraining.",
        subcommands: [
            Serve.self, Replay.self, Listen.self, Scenario.self, Rules.self, Notifications.self, Keys.self,
            Migrate.self,
        ])

    static func main() async {
        // Before anything else is opened.
        StandardStreams.fill()
        await main(nil)
    }
}
