import ArgumentParser
import Monitoring

/// `driftline replay`: sends a whole log to a running service, in event-time order.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Send a whole log to a running service, in the order in which it happened.",
        discussion: """
            Predictions go in steps of event time, labels at the time they became known. After each step the service is \
            told that it is complete, and its rules are waited for, so that alerts fire as they would have then. \
            Repeating the command is harmless: rows that are there already are counted as duplicates.
            """)

    @Option(help: "The model's name; without it the name in the schema file.")
    var model: String?

    @Option(help: "CSV of the reference: features, and where known prediction, score and actual.")
    var reference: String?

    @Option(help: "CSV of predictions: prediction_id, timestamp, features, prediction, score.")
    var predictions: String

    @Option(help: "CSV of labels: prediction_id, label_timestamp or timestamp, actual.")
    var labels: String?

    @Option(
        help: "The column of the predictions, and where it has it of the reference, that says how much a row counts.")
    var weight: String?

    @Option(help: "JSON that describes the model, which is then created or changed first.")
    var schema: String?

    @Option(name: .customLong("set"), help: "key=json of the model, over the schema file; may be repeated.")
    var settings: [String] = []

    @Option(help: "Where the service is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The service's key; better in the environment as DRIFTLINE_KEY.")
    var key: String?

    @Option(help: "How long to go on trying while the service does not answer.")
    var patience = "5m"

    @Flag(help: "Leave out what an earlier run has sent and stated complete.")
    var resume = false

    @Flag(help: "Show no progress.")
    var quiet = false

    func run() async throws {
        let console = Console()
        let schema = try schema.map { path throws(CommandFailure) in
            try SchemaDocument(path: path, settings: settings)
        }
        guard schema != nil || settings.isEmpty else { throw CommandFailure("--set needs --schema") }
        guard let model = model ?? schema?.name else { throw CommandFailure("give the model's name with --model") }
        guard let patience = PrometheusDuration(patience), patience > .zero else {
            throw CommandFailure("--patience: give a time such as 90s or 5m")
        }
        let renaming = schema?.renaming ?? [:]
        let predictionLog = try LogFile(path: predictions, timeColumns: ["timestamp"], renaming: renaming)
        // Before anything is changed.
        if let weight, predictionLog.header.column([weight]) == nil {
            throw CommandFailure("--weight: \(predictions) has no column \(weight)")
        }
        let labelLog = try labels.map { path throws(CommandFailure) in
            try LogFile(path: path, timeColumns: ["label_timestamp", "timestamp"], renaming: renaming)
        }
        let bound = Duration.microseconds(patience.microseconds)
        let client = try ServiceClient(
            base: url, key: key ?? ProcessEnvironment.value("DRIFTLINE_KEY"), patience: bound, console: console)
        let setup = ModelSetup(client: client, model: model, console: console)
        let state = try await setup.prepare(schema: schema)
        guard let grid = state.grid else {
            throw CommandFailure("model \(model) has no windows: give them with --schema and --set 'windows=[...]'")
        }
        if let reference { try await setup.putReference(path: reference, renaming: renaming, weight: weight) }
        var replay = try LogReplay(
            client: client, path: setup.path, grid: grid, predictions: predictionLog, labels: labelLog, weight: weight,
            judgement: try await JudgementWait(client: client, path: setup.path, patience: bound),
            bar: ProgressBar(total: predictionLog.count + (labelLog?.count ?? 0), console: console, isQuiet: quiet))
        if resume, let watermark = state.watermark { try replay.skip(upTo: watermark) }
        let start = ContinuousClock.now
        try await replay.run()
        try await summarise(replay, since: start, model: model, client: client, console: console)
        await client.close()
    }

    private func summarise(
        _ replay: LogReplay, since start: ContinuousClock.Instant, model: String, client: ServiceClient,
        console: Console
    ) async throws {
        let summary = ReplaySummary(console: console)
        let (predictions, labels) = (replay.predictionTotals, replay.labelTotals)
        summary.show("predictions", predictions)
        if self.labels != nil { summary.show("labels", labels) }
        summary.show(rows: predictions.sent + labels.sent, elapsed: ContinuousClock.now - start)
        try await summary.showAlerts(of: model, client: client)
    }
}
