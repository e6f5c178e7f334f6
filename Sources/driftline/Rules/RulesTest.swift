import Alerting
import ArgumentParser

/// `driftline rules test`: runs tests of rules, as `promtool test rules` does.
struct RulesTest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run tests of rules, in promtool's format and with its semantics.",
        discussion: "A folder stands for the *.yaml in its folder tests, or for its own where it has none.")

    @Argument(help: "Test files, or folders of them.")
    var paths: [String] = ["rules/tests"]

    @Flag(help: "Evaluate as the service does: model by model, and alerts are kept while data are missing.")
    var asServed = false

    func run() async throws {
        let console = Console()
        var hasFailed = false
        for path in try RulePaths.testFiles(paths) {
            console.line("Unit Testing:  \(path)")
            let failures = try failures(of: path)
            hasFailed = hasFailed || !failures.isEmpty
            console.line(failures.isEmpty ? "  SUCCESS" : "  FAILED:")
            for failure in failures {
                for line in failure.split(separator: "\n", omittingEmptySubsequences: false) {
                    console.line("    \(line)")
                }
            }
            console.line()
        }
        if hasFailed { throw ExitCode(1) }
    }

    private func failures(of path: String) throws -> [String] {
        do {
            let tests = try RuleTestFile(file: path, text: try RulePaths.text(of: path))
            var files: [(file: String, text: String)] = []
            for pattern in tests.ruleFiles {
                let found = FilePattern(pattern, besides: path).matches
                if found.isEmpty { return ["\(path): rule_files: no file is called \(pattern)"] }
                for file in found { files.append((file, try RulePaths.text(of: file))) }
            }
            let rules = try RuleFile.all(files)
            return RuleTest(tests, rules: rules, isAsServed: asServed).run().map(\.description)
        } catch let error as RuleFileError {
            return error.diagnostics.map(\.description)
        }
    }
}
