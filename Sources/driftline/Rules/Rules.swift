import ArgumentParser

/// `driftline rules`: rule files, without a service.
struct Rules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check and test rule files.", subcommands: [RulesCheck.self, RulesTest.self])
}
