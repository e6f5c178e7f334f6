/// Why nothing could be measured.
enum BenchmarkError: Error {
    /// The cut points are no grid.
    case noGrid
}
