extension SeededGenerator {
    /// A member of a list that is not empty.
    mutating func pick<Member>(_ members: [Member]) -> Member {
        members[Int.random(in: 0..<members.count, using: &self)]
    }

    /// True in so many of a hundred cases.
    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &self) < percent
    }
}
