import FalseAlarms

/// Prints how often thresholds are exceeded without drift and with it, through the code that serves them.
///
/// Without arguments a short form; `--long` for the whole table, `--only NAME` for the rows of one population, `--budget MONTHS`
/// for the budget alone, `--power` for what is seen of changes.
@main
struct SimulationProgram {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        func value(of option: String) -> String? {
            arguments.firstIndex(of: option).flatMap { arguments.dropFirst($0 - arguments.startIndex + 1).first }
        }
        if arguments.contains("--budget") {
            try BudgetReport(months: value(of: "--budget").flatMap(Int.init) ?? 100).write()
            return
        }
        if arguments.contains("--power") {
            try PowerReport(isLong: arguments.contains("--long")).write()
            return
        }
        let only = value(of: "--only")
        try LevelReport(
            isLong: arguments.contains("--long"), only: only,
            size: (value(of: "--reference").flatMap(Int.init), value(of: "--window").flatMap(Int.init)),
            effort: value(of: "--effort").flatMap(Double.init) ?? 1
        ).write()
        guard only == nil else { return }
        try PowerReport(isLong: arguments.contains("--long")).write()
        try BudgetReport(months: arguments.contains("--long") ? 1000 : 20).write()
    }
}
