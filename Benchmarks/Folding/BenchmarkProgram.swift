/// Times the pure rooms: folding, the measures of a window, panes as bytes. Started by `scripts/bench`.
@main
struct BenchmarkProgram {
    static func main() throws {
        Report.line("folding", try FoldBenchmark().lines())
        Report.line("window", try WindowBenchmark().lines())
        Report.line("derived", try DerivedBenchmark().lines())
    }
}
