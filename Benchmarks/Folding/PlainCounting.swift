/// The peer: a binary search among the cut points and a count, in a loop over the column.
struct PlainCounting {
    let cutPoints: [Double]
    /// Open intervals at even places, cut points at odd ones.
    private(set) var counts: [Int]

    init(cutPoints: [Double]) {
        self.cutPoints = cutPoints
        counts = [Int](repeating: 0, count: 2 * cutPoints.count + 1)
    }

    mutating func fold(_ column: [Double]) {
        for value in column {
            var low = 0
            var high = cutPoints.count
            while low < high {
                let middle = (low &+ high) &>> 1
                if cutPoints[middle] < value { low = middle &+ 1 } else { high = middle }
            }
            let isPoint = low < cutPoints.count && cutPoints[low] == value
            counts[2 &* low &+ (isPoint ? 1 : 0)] &+= 1
        }
    }
}
