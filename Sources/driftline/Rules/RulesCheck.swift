import Alerting
import ArgumentParser

/// `driftline rules check`: reads rule files and reports every mistake in them.
struct RulesCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report every mistake in rule files as file:line:column: message.",
        discussion: "A folder stands for its *.yaml and those in its folder self, as the service reads them.")

    @Argument(help: "Rule files, or folders of them.")
    var paths: [String] = ["rules"]

    func run() async throws {
        let console = Console()
        var mistakes = 0
        var rules = 0
        let files = try RulePaths.ruleFiles(paths)
        for path in files {
            do {
                let file = try RuleFile(file: path, text: try RulePaths.text(of: path))
                let count = file.groups.reduce(0) { $0 + $1.rules.count }
                rules += count
                for warning in file.warnings { console.line("\(Self.place(warning)): warning: \(warning.message)") }
                console.line("\(path): \(count) rule\(count == 1 ? "" : "s")")
            } catch let error as RuleFileError {
                mistakes += error.diagnostics.count
                for diagnostic in error.diagnostics { console.line(diagnostic.description) }
            }
        }
        guard mistakes == 0 else {
            console.note(
                "\(mistakes) mistake\(mistakes == 1 ? "" : "s") in \(files.count) file\(files.count == 1 ? "" : "s")")
            throw ExitCode(1)
        }
    }

    private static func place(_ diagnostic: RuleFileError.Diagnostic) -> String {
        "\(diagnostic.file):\(diagnostic.line):\(diagnostic.column)"
    }
}
