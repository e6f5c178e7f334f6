import ArgumentParser
import JSON
import Monitoring

/// `driftline rules backtest`: what rules would have done over a service's stored history.
struct RulesBacktest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Tell what rules would have fired, notified and retrained over stored history.",
        discussion: """
            The service judges its stored windows with the rules that are given, or with those in force, through its routes and \
            policies, and writes nothing. Each slot sees the labels that were known by then. No run of a job is waited for: every \
            retraining is taken to be done at once.
            """)

    @Argument(help: "Rule files, or folders of them; without any the rules in force.")
    var paths: [String] = []

    @Option(help: "The first instant, RFC 3339; without it the model's first row.")
    var from: String?

    @Option(help: "The last instant, RFC 3339; without it the model's watermark.")
    var to: String?

    @Option(help: "The model; without it every one that the rules select.")
    var model: String?

    @Option(help: "Where the service is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The service's key; better in the environment as DRIFTLINE_KEY.")
    var key: String?

    @Flag(help: "Print the service's answer, one JSON document.")
    var json = false

    func run() async throws {
        let console = Console()
        let files = paths.isEmpty ? [] : try RulePaths.ruleFiles(paths)
        var contents: [JSONNode] = []
        for path in files {
            contents.append(["name": .string(path), "content": .string(try RulePaths.text(of: path))])
        }
        var parameters: [String] = []
        for (name, value) in [("from", from), ("to", to), ("model", model)] {
            if let value { parameters.append("\(name)=\(ServiceCall.escaped(value))") }
        }
        let target = "/v1/rules/backtest" + (parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&"))
        let client = try ServiceClient(
            base: url, key: key ?? ProcessEnvironment.value("DRIFTLINE_KEY"), patience: .seconds(30), console: console)
        let call =
            files.isEmpty
            ? ServiceCall(method: "POST", target: target)
            : ServiceCall.json("POST", target, ["files": .array(contents)])
        let answer = try await client.success(of: call)
        await client.close()
        guard !json else {
            console.line(answer.text)
            return
        }
        let models = answer["models"]?.elements ?? []
        if models.isEmpty { console.line("no model that these rules select has any history") }
        for model in models { BacktestTable(model).show(on: console) }
    }
}
