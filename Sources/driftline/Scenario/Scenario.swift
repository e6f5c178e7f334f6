import ArgumentParser
import Monitoring

/// `driftline scenario`: makes a demo log in which everything goes wrong that can go wrong with a model.
struct Scenario: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a demo log: a credit model whose inputs drift, break and change.",
        discussion: "The same seed gives the same bytes. Replay it with `driftline replay`.")

    @Option(help: "The folder to write reference.csv, predictions.csv, labels.csv and schema.json into.")
    var out: String

    @Option(help: "What the log is drawn from.")
    var seed: UInt64 = 7

    @Option(help: "How many days are monitored, 1 to 3650.")
    var days = 30

    @Option(help: "How many predictions an hour has on average, 1 to 100000.")
    var rowsPerHour = 40

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days: give 1 to 3650") }
        guard (1...100_000).contains(rowsPerHour) else { throw ValidationError("--rows-per-hour: give 1 to 100000") }
    }

    func run() async throws {
        let console = Console()
        let log = ScenarioLog(folder: out, seed: seed, days: days, rowsPerHour: Double(rowsPerHour))
        try log.writeSchema()
        try log.writeReference()
        let counts = try log.writeTraffic()
        console.line("\(out)/schema.json       a binary model, default of a loan, 6 numeric and 3 categorical features")
        console.line("\(out)/reference.csv     \(ScenarioLog.referenceRows.grouped) rows")
        console.line("\(out)/predictions.csv   \(counts.predictions.grouped) rows, \(days) days from \(Self.time(0))")
        console.line("\(out)/labels.csv        \(counts.labels.grouped) rows, 2 to 9 days after their predictions")
        console.line()
        for line in Self.story(days: days) { console.line(line) }
        console.line()
        console.line("Replay it:")
        console.line(
            "  driftline replay --model credit --schema \(out)/schema.json --reference \(out)/reference.csv \\\n"
                + "    --predictions \(out)/predictions.csv --labels \(out)/labels.csv")
    }

    /// What happens when, one line for each event within the days.
    static func story(days: Int) -> [String] {
        let outageEnd = CreditStory.outage + CreditStory.outageLength
        let events: [(day: Double, text: String)] = [
            (CreditStory.incomeDrift, "income rises slowly, 1.2 % a day (drift)"),
            (CreditStory.outage, "a bug upstream sends utilisation as null, until \(time(outageEnd)) (broken column)"),
            (
                CreditStory.conceptDrift,
                "other people default than before; accuracy falls as labels come in (concept drift)"
            ),
            (CreditStory.newChannel, "applications come through partner_api, a channel the model has never seen"),
        ]
        let happening = events.filter { $0.day < Double(days) }.map { "  \(time($0.day))  \($0.text)" }
        return ["What happens:"]
            + (happening.isEmpty ? ["  nothing within \(days) days; the first event is on day 8"] : happening)
    }

    private static func time(_ day: Double) -> String {
        (ScenarioLog.start + PrometheusDuration(microseconds: Int64(day * 86_400_000_000))).rfc3339
    }
}
