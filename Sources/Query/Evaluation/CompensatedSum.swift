/// A sum that keeps what rounding loses (Neumaier 1974), as Prometheus sums.
struct CompensatedSum {
    private(set) var sum = 0.0
    private var lost = 0.0

    /// The sum with what was lost; an infinite sum as it is.
    var value: Double { sum.isInfinite ? sum : sum + lost }

    /// The sum with what was lost, also where it is infinite.
    var whole: Double { sum + lost }

    mutating func add(_ term: Double) {
        let next = sum + term
        lost += sum.magnitude >= term.magnitude ? (sum - next) + term : (term - next) + sum
        sum = next
    }
}
