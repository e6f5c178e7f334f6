import Statistics

/// Sums of products of standardised columns as integers, so that they depend on the set of rows and not on their order.
///
/// A value is rounded once to a multiple of 2^-20 and cut at 256 standard deviations, which only one of more than 65,536 rows can
/// reach. Products of two fit 57 bits, 32 of them a machine word, and any number of rows 128 bits.
struct CorrelationSums {
    private let count: Int
    private var rows = 0
    private var products: [Int128]
    private var fourthPowers: Int128 = 0
    /// A block of rows, column by column.
    private var block: [Int64]
    private var filled = 0

    private static let unit = 0x1p20
    private static let limit = 256.0
    private static let blockRows = 32

    init(count: Int) {
        self.count = count
        products = Array(repeating: 0, count: count * count)
        block = Array(repeating: 0, count: count * Self.blockRows)
    }

    /// Adds a row of standardised values, null being 0.
    mutating func add(_ row: [Double]) {
        var square: Int128 = 0
        for (column, value) in row.enumerated() {
            let bounded = min(max(value, -Self.limit), Self.limit)
            let fixed = Int64((bounded * Self.unit).rounded())
            block[column * Self.blockRows + filled] = fixed
            square &+= Int128(fixed &* fixed)
        }
        // The square of the length in units of 2^-40; its own square in units of 2^-20.
        let length = Double(square) * 0x1p-40
        fourthPowers &+= Int128((length * length * 0x1p20).rounded())
        rows += 1
        filled += 1
        if filled == Self.blockRows { addBlock() }
    }

    private mutating func addBlock() {
        let rows = filled
        var target = products
        products = []
        let held = block
        let source = held.span
        for first in 0..<count {
            for second in first..<count {
                var sum: Int64 = 0
                let (left, right) = (first &* Self.blockRows, second &* Self.blockRows)
                for row in 0..<rows { sum &+= source[left &+ row] &* source[right &+ row] }
                target[first &* count &+ second] &+= Int128(sum)
            }
        }
        products = target
        filled = 0
    }

    /// The mean products of every two columns, symmetric; and the mean fourth power of a row's length.
    mutating func means() -> (products: [Double], fourthPower: Double) {
        addBlock()
        var matrix = [Double](repeating: 0, count: count * count)
        for first in 0..<count {
            for second in first..<count {
                let mean = Double(products[first * count + second]) * 0x1p-40 / Double(rows)
                matrix[first * count + second] = mean
                matrix[second * count + first] = mean
            }
        }
        return (matrix, Double(fourthPowers) * 0x1p-20 / Double(rows))
    }
}
