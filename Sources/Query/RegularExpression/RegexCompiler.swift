/// Turns the tree of a regular expression into a program for ``RegexMachine``.
struct RegexCompiler {
    /// How many instructions a program may have.
    static let sizeLimit = 10_000

    /// How many nodes may be visited; repeating what emits nothing must end too.
    private static let workLimit = 100_000

    private var program: [RegexInstruction] = []
    private var work = 0

    /// The program that matches a tree, remembering places in slots 0 and 1 and in two slots of every group.
    static func program(for node: RegexNode) throws(RegularExpressionError) -> [RegexInstruction] {
        var compiler = Self()
        try compiler.emit(.save(0))
        try compiler.compile(node)
        try compiler.emit(.save(1))
        try compiler.emit(.match)
        return compiler.program
    }

    private mutating func emit(_ instruction: RegexInstruction) throws(RegularExpressionError) {
        guard program.count < Self.sizeLimit else { throw Self.tooLarge }
        program.append(instruction)
    }

    private static let tooLarge = RegularExpressionError(
        "the regular expression is too large; use smaller repeat counts")

    private mutating func compile(_ node: RegexNode) throws(RegularExpressionError) {
        work += 1
        guard work <= Self.workLimit else { throw Self.tooLarge }
        switch node {
        case .empty: break
        case .scalar(let set): try emit(.consume(set))
        case .assertion(let assertion): try emit(.assert(assertion))
        case .sequence(let parts):
            for part in parts { try compile(part) }
        case .alternatives(let branches): try compile(branches)
        case .group(let number, let inner):
            try emit(.save(2 * number))
            try compile(inner)
            try emit(.save(2 * number + 1))
        case .repetition(let inner, let least, let most, let isLazy):
            for _ in 0..<least { try compile(inner) }
            if let most {
                try compileOptional(inner, times: most - least, isLazy: isLazy)
            } else {
                try compileLoop(inner, isLazy: isLazy)
            }
        }
    }

    private mutating func compile(_ branches: [RegexNode]) throws(RegularExpressionError) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try compile(branch)
                break
            }
            let split = program.count
            try emit(.split(split + 1, 0))
            try compile(branch)
            ends.append(program.count)
            try emit(.jump(0))
            program[split] = .split(split + 1, program.count)
        }
        for end in ends { program[end] = .jump(program.count) }
    }

    private mutating func compileLoop(_ inner: RegexNode, isLazy: Bool) throws(RegularExpressionError) {
        let start = program.count
        try emit(.split(0, 0))
        try compile(inner)
        try emit(.jump(start))
        program[start] = isLazy ? .split(program.count, start + 1) : .split(start + 1, program.count)
    }

    private mutating func compileOptional(
        _ inner: RegexNode, times: Int, isLazy: Bool
    ) throws(RegularExpressionError) {
        var splits: [Int] = []
        for _ in 0..<times {
            splits.append(program.count)
            try emit(.split(0, 0))
            try compile(inner)
        }
        for split in splits {
            program[split] = isLazy ? .split(program.count, split + 1) : .split(split + 1, program.count)
        }
    }
}
