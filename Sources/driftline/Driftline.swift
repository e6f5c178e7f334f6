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
}
