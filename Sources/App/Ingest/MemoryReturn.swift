/// When freed memory is given back to the system: where much more is resident than models and references hold.
///
/// Panes come and go one by one, so that what is free lies between what is in use, and the allocator keeps it for itself.
struct MemoryReturn {
    /// What stays in the process for the next requests whatever is held.
    private static let reserve = 256 << 20
    /// What must have become free since the last time, so that it is not tried again and again in vain.
    private static let leastGain = 128 << 20

    /// How much more was resident than held after the last time, or at any time since where that was less.
    private var left = 0

    /// Whether it is time, with so many bytes resident and held.
    func isDue(resident: Int, held: Int) -> Bool {
        let free = resident - held
        return free > held / 4 + Self.reserve && free > left + Self.leastGain
    }

    /// It was done, and so many bytes are resident now.
    mutating func note(resident: Int, held: Int) {
        left = resident - held
    }

    /// So little is free that what was left the last time does not matter any more.
    mutating func observe(resident: Int, held: Int) {
        left = min(left, resident - held)
    }
}
