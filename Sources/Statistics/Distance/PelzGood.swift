#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Pelz and Good's expansion of the Kolmogorov-Smirnov distribution for large n.
///
/// `K0(z) + K1(z) / sqrt(n) + K2(z) / n + K3(z) / n^(3/2)` with `z = d sqrt(n)`, each a theta series (Pelz and Good,
/// Approximating the Lower Tail-areas of the Kolmogorov-Smirnov One-sample Statistic, JRSS B 38, 1976; formulas (10)
/// to (13) in Simard and L'Ecuyer 2011).
enum PelzGood {
    /// The probability of a statistic of at most `d`. About `5 z` terms; 0 for z so small that they underflow.
    static func probability(_ d: Double, count n: Int) -> Double {
        let z = Double(n).squareRoot() * d
        let pi2 = Double.pi * Double.pi
        let (z2, z4) = (z * z, z * z * z * z)
        let (z6, z8) = (z4 * z2, z4 * z4)
        var (k0, k1, k2, k3) = (0.0, 0.0, 0.0, 0.0)
        var extra2 = 0.0
        var extra3 = 0.0
        for k in 1...max(Int((16 * min(z, 100) / Double.pi).rounded(.up)), 1) {
            let odd = Double(2 * k - 1) / 2
            let (m2, m4) = (odd * odd, odd * odd * odd * odd)
            let half = exp(-m2 * pi2 / (2 * z2))
            k0 += half
            k1 += (pi2 * m2 - z2) * half
            k2 += (6 * z6 + 2 * z4 + pi2 * (2 * z4 - 5 * z2) * m2 + pi2 * pi2 * (1 - 2 * z2) * m4) * half
            let upper = pi2 * pi2 * pi2 * (5 - 30 * z2) * m4 * m2 + pi2 * pi2 * (212 * z4 - 60 * z2) * m4
            k3 += (upper + pi2 * (135 * z4 - 96 * z6) * m2 - (30 * z6 + 90 * z8)) * half
            let square = Double(k * k)
            let whole = square * exp(-square * pi2 / (2 * z2))
            extra2 += whole
            extra3 += (3 * z2 - pi2 * square) * whole
        }
        let root = (2 * Double.pi).squareRoot()
        let first = root / z * k0
        let second = root / (6 * z4) * k1
        let third = root / (72 * z6 * z) * k2 - root * pi2 / (36 * z2 * z) * extra2
        let fourth = root / (6480 * z8 * z2) * k3 + root * pi2 / (216 * z6) * extra3
        let count = Double(n)
        return first + second / count.squareRoot() + third / count + fourth / (count * count.squareRoot())
    }
}
