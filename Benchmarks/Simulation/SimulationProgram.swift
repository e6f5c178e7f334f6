import FalseAlarms

/// Prints how often thresholds are exceeded without drift and with it, through the code that serves them.
///
/// Without arguments a short form; `--long` for the whole table, `--only NAME` for the rows of one population, `--budget MONTHS`
/// for the budget alone.
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
        let only = value(of: "--only")
        try LevelReport(isLong: arguments.contains("--long"), only: only).write()
        guard only == nil else { return }
        try PowerReport().write()
        try BudgetReport(months: arguments.contains("--long") ? 1000 : 20).write()
    }
}
