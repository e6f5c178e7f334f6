/// Times of bodies, whose results are added up so that no work can be left out.
struct Stopwatch {
    /// The sum of all results; printed at the end of a part.
    private(set) var check = 0.0

    /// Nanoseconds that a body takes for each of its `count` pieces of work.
    mutating func nanoseconds(each count: Int, _ body: () throws -> Double) rethrows -> Double {
        let clock = ContinuousClock()
        let begin = clock.now
        check += try body()
        let time = (clock.now - begin).components
        return (Double(time.seconds) * 1e9 + Double(time.attoseconds) / 1e9) / Double(count)
    }

    /// The median of several runs of a body, in nanoseconds for each of its `count` pieces of work.
    mutating func median(of runs: Int, each count: Int, _ body: () throws -> Double) rethrows -> Double {
        var times: [Double] = []
        for _ in 0..<runs { times.append(try nanoseconds(each: count, body)) }
        return times.median
    }
}

extension [Double] {
    /// The value in the middle; not of an empty array.
    var median: Double { sorted()[count / 2] }
}
