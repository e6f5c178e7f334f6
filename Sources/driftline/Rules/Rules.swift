import ArgumentParser

/// `driftline rules`: rule files, checked and tested by themselves, and tried on a service's history.
struct Rules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, test and backtest rule files.",
        subcommands: [RulesCheck.self, RulesTest.self, RulesBacktest.self])
}
