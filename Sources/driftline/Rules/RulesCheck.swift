import Alerting
import App
import ArgumentParser
import JSON

/// `driftline rules check`: reads rule files and reports every mistake in them, and what is probably not meant.
struct RulesCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Report every mistake in rule files as file:line:column: message.",
        discussion: """
            A folder stands for its *.yaml and those in its folder self, as the service reads them. Warnings tell of rules that \
            work and are probably not meant. With --url the models of a service are asked as well, so that windows, features, \
            references and models are checked. Ends with 0, with 1 for mistakes, and with 3 for warnings under --strict.
            """)

    @Argument(help: "Rule files, or folders of them.")
    var paths: [String] = ["rules"]

    @Flag(help: "End with status 3 where there are warnings.")
    var strict = false

    @Flag(help: "Print one JSON document.")
    var json = false

    @Option(help: "A service whose models the rules are for.")
    var url: String?

    @Option(help: "The service's key; better in the environment as DRIFTLINE_KEY.")
    var key: String?

    /// What was found in one file.
    private struct Finding {
        let path: String
        var rules = 0
        var mistakes: [RuleFileError.Diagnostic] = []
        var warnings: [RuleFileError.Diagnostic] = []
    }

    func run() async throws {
        let console = Console()
        var findings: [Finding] = []
        var vocabulary = RuleVocabulary.own
        var files: [(path: String, text: String)] = []
        for path in try RulePaths.ruleFiles(paths) {
            let text = try RulePaths.text(of: path)
            files.append((path, text))
            do { vocabulary.recorded.formUnion(try RuleFile(file: path, text: text).recordedNames) } catch { continue }
        }
        for (path, text) in files { findings.append(Self.check(path, text, vocabulary)) }
        if let url { try await ask(url, files, &findings, console) }
        show(findings, console)
        let mistakes = findings.reduce(0) { $0 + $1.mistakes.count }
        guard mistakes == 0 else {
            console.note("\(Self.count(mistakes, "mistake")) in \(Self.count(files.count, "file"))")
            throw ExitCode(1)
        }
        if strict, findings.contains(where: { !$0.warnings.isEmpty }) { throw ExitCode(3) }
    }

    private static func check(_ path: String, _ text: String, _ vocabulary: RuleVocabulary) -> Finding {
        var finding = Finding(path: path)
        do throws(RuleFileError) {
            let file = try RuleFile(file: path, text: text, vocabulary: vocabulary)
            finding.rules = file.groups.reduce(0) { $0 + $1.rules.count }
            finding.warnings = file.warnings
        } catch {
            finding.mistakes = error.diagnostics
        }
        return finding
    }

    /// Adds what a service says that knows the models.
    private func ask(
        _ url: String, _ files: [(path: String, text: String)], _ findings: inout [Finding], _ console: Console
    ) async throws {
        let client = try ServiceClient(
            base: url, key: key ?? ProcessEnvironment.value("DRIFTLINE_KEY"), patience: .seconds(10), console: console)
        for (index, file) in files.enumerated() {
            let call = ServiceCall(
                method: "POST", target: "/v1/rules/check?file=\(ServiceCall.escaped(file.path))",
                contentType: "application/yaml", body: Array(file.text.utf8))
            let answer = try await client.success(of: call)
            let told = (answer["warnings"]?.elements ?? []).compactMap { Self.diagnostic($0, in: file.path) }
            for warning in told where !findings[index].warnings.contains(warning) {
                // A name that only rules in force record is known to the service.
                findings[index].warnings.append(warning)
            }
            findings[index].warnings.removeAll { $0.lint == .unknownSeries && !told.contains($0) }
            findings[index].warnings.sort()
        }
        await client.close()
    }

    private static func diagnostic(_ node: JSONNode, in path: String) -> RuleFileError.Diagnostic? {
        guard let line = node["line"]?.int64, let column = node["column"]?.int64, let message = node["message"]?.string
        else { return nil }
        return RuleFileError.Diagnostic(
            file: path, line: Int(clamping: line), column: Int(clamping: column), message: message,
            lint: node["kind"]?.string.flatMap(RuleLint.init(rawValue:)))
    }

    private func show(_ findings: [Finding], _ console: Console) {
        guard !json else {
            let document: JSONNode = [
                "valid": .bool(findings.allSatisfy(\.mistakes.isEmpty)),
                "files": .array(
                    findings.map { finding in
                        [
                            "file": .string(finding.path), "rules": .integer(Int64(finding.rules)),
                            "errors": .array(finding.mistakes.map(Self.node)),
                            "warnings": .array(finding.warnings.map(Self.node)),
                        ]
                    }),
            ]
            console.line(document.text)
            return
        }
        for finding in findings {
            for mistake in finding.mistakes { console.line(mistake.description) }
            for warning in finding.warnings {
                let kind = warning.lint.map { " [\($0.rawValue)]" } ?? ""
                console.line("\(warning.file):\(warning.line):\(warning.column): warning: \(warning.message)\(kind)")
            }
            if finding.mistakes.isEmpty { console.line("\(finding.path): \(Self.count(finding.rules, "rule"))") }
        }
    }

    private static func node(_ diagnostic: RuleFileError.Diagnostic) -> JSONNode {
        [
            "line": .integer(Int64(diagnostic.line)), "column": .integer(Int64(diagnostic.column)),
            "message": .string(diagnostic.message),
            "kind": diagnostic.lint.map { JSONNode.string($0.rawValue) } ?? JSONNode.null,
        ]
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
