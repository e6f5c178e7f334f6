/// One pass over a tape for what simdjson does not refuse.
enum TapeCheck {
    /// What is wrong, and with which string or container of the document, counted from 0 in the order in which they
    /// begin.
    struct Mistake {
        let kind: JSONError.Kind
        let strings: Int
        let containers: Int
    }

    /// The first mistake, or nil for a document within the limits.
    ///
    /// - Complexity: O(words).
    static func mistake(in tape: borrowing JSONTape, limits: JSONLimits, keys: inout KeySet) -> Mistake? {
        var index = 1
        var depth = 0
        while index < tape.words.count {
            switch tape.tag(index) {
            case TapeTag.object:
                depth += 1
                if depth > limits.depth { return mistake(.depth, at: index, in: tape) }
                if let found = repeatedKey(of: index, in: tape, limits: limits, keys: &keys) { return found }
            case TapeTag.array:
                depth += 1
                if depth > limits.depth { return mistake(.depth, at: index, in: tape) }
            case TapeTag.objectEnd, TapeTag.arrayEnd: depth -= 1
            case TapeTag.string:
                if tape.text(index).count > limits.stringBytes { return mistake(.tooLongString, at: index, in: tape) }
            case TapeTag.integer, TapeTag.unsigned, TapeTag.double, TapeTag.bigInteger, TapeTag.huge: index += 1
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func repeatedKey(
        of object: Int, in tape: borrowing JSONTape, limits: JSONLimits, keys: inout KeySet
    ) -> Mistake? {
        let count = Int(tape.words[object] >> 32 & 0xFF_FFFF)
        if count > limits.keys { return mistake(.tooManyKeys, at: object, in: tape) }
        if count < 2 { return nil }
        keys.begin(count: count)
        let end = tape.end(of: object) - 1
        var index = object + 1
        while index < end {
            if !keys.insert(index, of: tape) { return mistake(.duplicateKey, at: index, in: tape) }
            index = tape.end(of: index + 1)
        }
        return nil
    }

    /// Counts what begins before a place, so that the place can be found in the source.
    private static func mistake(_ kind: JSONError.Kind, at place: Int, in tape: borrowing JSONTape) -> Mistake {
        var strings = 0
        var containers = 0
        var index = 1
        while index < place {
            switch tape.tag(index) {
            case TapeTag.string: strings += 1
            case TapeTag.object, TapeTag.array: containers += 1
            case TapeTag.integer, TapeTag.unsigned, TapeTag.double, TapeTag.bigInteger, TapeTag.huge: index += 1
            default: break
            }
            index += 1
        }
        return Mistake(kind: kind, strings: strings, containers: containers)
    }
}
