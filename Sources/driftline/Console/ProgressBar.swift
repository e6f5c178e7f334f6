/// How far a long piece of work has come: a bar on a terminal, now and then a line elsewhere.
struct ProgressBar {
    private let console: Console
    private let isQuiet: Bool
    private let total: Int
    private let start = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    /// A bar for a number of rows; a quiet one shows nothing.
    init(total: Int, console: Console, isQuiet: Bool) {
        self.total = total
        self.console = console
        self.isQuiet = isQuiet
    }

    /// Shows how many rows are done and where in event time the work is.
    ///
    /// A terminal is drawn at most ten times a second, anything else gets a line every five seconds.
    mutating func show(done: Int, at place: String) {
        guard !isQuiet else { return }
        let now = ContinuousClock.now
        let pause: Duration = console.isTerminal ? .milliseconds(100) : .seconds(5)
        if let lastShown, now - lastShown < pause, done < total { return }
        lastShown = now
        let rate = RowRate(rows: done, elapsed: now - start)
        let share = total > 0 ? min(100, done * 100 / total) : 100
        let counts = "\(share) %  \(done.grouped) of \(total.grouped) rows  \(place)  \(rate)"
        if console.isTerminal { console.draw("\(Self.bar(share)) \(counts)") } else { console.note(counts) }
    }

    /// Takes the bar away, so that lines can follow.
    func finish() {
        if !isQuiet { console.erase() }
    }

    private static func bar(_ percent: Int) -> String {
        let width = 24
        let full = width * percent / 100
        return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: width - full) + "]"
    }
}
