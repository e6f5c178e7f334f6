#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The upper tail of the one-sided Kolmogorov-Smirnov statistic for n values.
///
/// Formula: `d sum over j of C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j)`, j from 0 to n (1 - d) (Smirnov 1944; Birnbaum and
/// Tingey 1951), each term as a binomial density without its large logarithms.
enum SmirnovTail {
    /// About how many terms are taken. The terms change smoothly and vanish at both ends, where summing every k-th of them
    /// (the trapezium rule) converges faster than any power: to 1e-11 with so many.
    private static let terms = 64

    /// The probability of a statistic of at least `d`, with 0 < d < 1.
    static func survival(_ d: Double, count n: Int) -> Double {
        let total = Double(n)
        let reach = total * d
        guard let last = Int(exactly: (total - reach).rounded(.down)) else { return 0 }
        let stride = max(last / terms, 1)
        let whole = StirlingRemainder.value(total)
        var sum = stride == 1 ? exp(total * log1p(-d)) : 0
        var index = stride == 1 ? 1 : stride / 2
        while index <= last {
            let (below, above) = (Double(index), total - Double(index))
            if above > reach {
                let exponent =
                    whole - StirlingRemainder.value(below) - StirlingRemainder.value(above)
                    + below * log1p(reach / below) + above * log1p(-reach / above)
                let density = (total / (2 * Double.pi * below * above)).squareRoot() * exp(exponent)
                sum += density * reach / (reach + below)
            }
            index += stride
        }
        return sum * Double(stride)
    }
}
