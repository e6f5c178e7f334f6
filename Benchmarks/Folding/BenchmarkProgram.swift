/// Times the pure rooms: folding, the measures of a window with thresholds and verdicts, panes as bytes, derived columns. Started by `scripts/bench`.
@main
struct BenchmarkProgram {
    static func main() throws {
        Report.line("folding", try FoldBenchmark().lines())
        let window = try WindowBenchmark()
        Report.line("window", try window.lines())
        Report.line("thresholds", ThresholdBenchmark(window).lines())
        Report.line("derived", try DerivedBenchmark().lines())
    }
}
