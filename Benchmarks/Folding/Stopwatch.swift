#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Times of bodies, whose results are added up so that no work can be left out.
///
/// Processor time of this process, so that what others do on a shared machine counts only as far as it takes memory and cache.
struct Stopwatch {
    /// POSIX gives processor time in microseconds.
    private static let nanoseconds = 1000.0

    /// The sum of all results; printed at the end of a part.
    private(set) var check = 0.0

    /// Nanoseconds that a body takes for each of its `count` pieces of work.
    mutating func nanoseconds(each count: Int, _ body: () throws -> Double) rethrows -> Double {
        let begin = clock()
        check += try body()
        return Double(clock() - begin) * Self.nanoseconds / Double(count)
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
