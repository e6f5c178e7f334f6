import FalseAlarms

/// Prints how often thresholds are exceeded without drift and with it, through the code that serves them.
///
/// Without arguments a short form; `--long` for the whole table, `--budget MONTHS` for the budget alone.
@main
struct SimulationProgram {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if let place = arguments.firstIndex(of: "--budget") {
            let months = arguments.dropFirst(place - arguments.startIndex + 1).first.flatMap(Int.init)
            try BudgetReport(months: months ?? 100).write()
            return
        }
        try LevelReport(isLong: arguments.contains("--long")).write()
        try PowerReport().write()
        try BudgetReport(months: arguments.contains("--long") ? 1000 : 20).write()
    }
}
