/// Runs a compiled regular expression over a text, all alternatives at once, in time linear in the text.
///
/// The machine of Thompson and Pike: a list of threads in order of preference, each at one instruction, advanced one
/// scalar at a time. Never backtracks. Time is text length times program length.
struct RegexMachine {
    private let program: [RegexInstruction]
    private let text: [Unicode.Scalar]
    private let slots: Int

    init(program: [RegexInstruction], text: [Unicode.Scalar], slots: Int) {
        self.program = program
        self.text = text
        self.slots = slots
    }

    private struct Thread {
        let instruction: Int
        let places: [Int]
    }

    /// The places of the preferred match that begins at or after `start`, two a group, -1 where a group took no part.
    ///
    /// - Parameters:
    ///   - start: Where to begin, an index of the text.
    ///   - isAnchored: Whether the match must begin at `start`.
    ///   - isWhole: Whether the match must end with the text.
    ///   - steps: How many steps of threads may be taken; those that were are taken off. None is left where they do not suffice.
    /// - Returns: The places, or nil where nothing matches or steps do not suffice.
    func match(from start: Int, isAnchored: Bool, isWhole: Bool, within steps: inout Int) -> [Int]? {
        var visited = [Int](repeating: -1, count: program.count)
        var threads: [Thread] = []
        var found: [Int]?
        var position = start
        while true {
            if found == nil, position == start || !isAnchored {
                add(
                    Thread(instruction: 0, places: Array(repeating: -1, count: slots)), at: position, to: &threads,
                    &visited, &steps)
            }
            if threads.isEmpty, found != nil || isAnchored { return found }
            steps -= threads.count
            guard steps > 0 else {
                steps = 0
                return nil
            }
            var following: [Thread] = []
            let scalar = position < text.count ? text[position] : nil
            for thread in threads {
                if case .match = program[thread.instruction] {
                    if isWhole, scalar != nil { continue }
                    found = thread.places
                    break
                }
                if case .consume(let set) = program[thread.instruction], let scalar, set.contains(scalar) {
                    let advanced = Thread(instruction: thread.instruction + 1, places: thread.places)
                    add(advanced, at: position + 1, to: &following, &visited, &steps)
                }
            }
            guard scalar != nil else { return found }
            threads = following
            position += 1
        }
    }

    /// Follows a thread to the instructions that consume or match, each at most once a place, in order of preference.
    private func add(
        _ thread: Thread, at position: Int, to threads: inout [Thread], _ visited: inout [Int], _ steps: inout Int
    ) {
        var stack = [thread]
        let previous = position > 0 ? text[position - 1] : nil
        let next = position < text.count ? text[position] : nil
        while let current = stack.popLast() {
            guard visited[current.instruction] != position else { continue }
            visited[current.instruction] = position
            steps -= 1
            switch program[current.instruction] {
            case .jump(let target): stack.append(Thread(instruction: target, places: current.places))
            case .split(let first, let second):
                stack.append(Thread(instruction: second, places: current.places))
                stack.append(Thread(instruction: first, places: current.places))
            case .save(let slot):
                // The places are copied, a line of memory at a time.
                steps -= slots / 8
                var places = current.places
                if slot < places.count { places[slot] = position }
                stack.append(Thread(instruction: current.instruction + 1, places: places))
            case .assert(let assertion):
                if assertion.holds(between: previous, and: next) {
                    stack.append(Thread(instruction: current.instruction + 1, places: current.places))
                }
            case .consume, .match: threads.append(current)
            }
        }
    }
}
