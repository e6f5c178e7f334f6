extension GridCounts {
    /// How many distinct values there are at least and at most: a cut point holds one, an open interval at least one and at most
    /// as many as it has rows. O(occupied), or O(K) in the dense form.
    var distinctRange: (least: Int, most: Int) {
        var (least, most) = (0, 0)
        for position in 0..<sums.count {
            let (open, point) = tallies[position]
            let distinct = point > 0 ? 1 : 0
            least &+= distinct &+ (open > 0 ? 1 : 0)
            most &+= distinct &+ open
        }
        return (least, most)
    }
}
