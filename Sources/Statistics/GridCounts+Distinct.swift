extension GridCounts {
    /// How many distinct values there are at least and at most: a cut point holds one, an open interval at least one and at most
    /// as many as it has rows. O(occupied), or O(K) in the dense form.
    var distinctRange: (least: Int, most: Int) {
        tallies.distinctRange
    }
}
