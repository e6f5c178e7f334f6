/// Finds the panes of times that mostly lie in the same pane as the time before.
struct PaneCursor {
    private let grid: PaneGrid
    private var currentStart = Time.epoch
    private var currentEnd = Time.epoch

    init(grid: PaneGrid) {
        self.grid = grid
    }

    /// The start of the pane that holds a time.
    mutating func start(of time: Time) -> Time {
        if time >= currentStart, time < currentEnd { return currentStart }
        currentStart = grid.start(of: time)
        currentEnd = grid.end(ofPaneStarting: currentStart)
        return currentStart
    }
}
