internal import CSimdJSON

/// A reusable parser of UTF-8 JSON that is strict where RFC 8259 leaves room.
///
/// Refused: a key twice in one object (also `"v"` and `"\u0076"`), more than the limits allow, byte order marks,
/// UTF-16, halves of surrogate pairs, anything after the document. A number below the smallest double is 0.
@safe
package struct JSONParser: ~Copyable {
    private let handle: OpaquePointer?
    private let limits: JSONLimits
    private var keys = KeySet()

    /// A parser without memory of its own until its first document.
    package init(limits: JSONLimits = JSONLimits()) {
        self.limits = limits
        unsafe handle = driftline_json_create(max(limits.depth, 1))
    }

    deinit {
        unsafe driftline_json_destroy(handle)
    }

    /// What becomes of a number outside the range of a double.
    package enum HugeNumbers: Sendable {
        /// The document is refused with ``JSONError/Kind/number``.
        case refused

        /// It becomes a value of kind ``JSONKind/hugeNumber``, so that one bad value does not spoil a batch.
        case kept
    }

    /// Parses one document and gives out its root, which is valid until the next parse.
    ///
    /// - Complexity: O(bytes); memory of about 16 times the greatest document so far stays with the parser.
    @_lifetime(&self)
    package mutating func parse(
        _ bytes: Span<UInt8>, hugeNumbers: HugeNumbers = .refused
    ) throws(JSONError) -> JSONValue {
        try Self.checkEncoding(bytes)
        let code = Int(parseWithSimdJSON(bytes))
        if code == Int(SimdJSONCode.success) {
            try check(source: bytes)
        } else if code == SimdJSONCode.capacity || code == SimdJSONCode.memory {
            throw JSONError(.tooLarge, offset: 0)
        } else {
            try parseAgain(bytes, hugeNumbers: hugeNumbers)
        }
        let tape = unsafe view()
        return unsafe _overrideLifetime(JSONValue(tape: tape, index: 1), mutating: &self)
    }

    /// The error codes of simdjson that matter apart.
    private enum SimdJSONCode {
        static let success = 0
        static let capacity = 1
        static let memory = 2
    }

    private mutating func parseWithSimdJSON(_ bytes: Span<UInt8>) -> Int32 {
        guard let handle = unsafe handle else { return Int32(SimdJSONCode.memory) }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe driftline_json_parse(handle, buffer.baseAddress, buffer.count)
        }
    }

    /// The document after simdjson has refused it: either it holds nothing worse than numbers that simdjson does not
    /// take, or the error with its place is thrown.
    private mutating func parseAgain(_ bytes: Span<UInt8>, hugeNumbers: HugeNumbers) throws(JSONError) {
        var scanner = JSONScanner(bytes, depth: limits.depth)
        try scanner.scanDocument()
        if let place = JSONScanner.unpairedSurrogate(in: bytes) { throw JSONError(.encoding, offset: place) }
        let numbers = scanner.numbers
        if hugeNumbers == .refused, let first = numbers.first(where: { !$0.value.isFinite }) {
            throw JSONError(.number, offset: first.start)
        }
        var patched = unsafe bytes.withUnsafeBufferPointer { buffer in unsafe Array(buffer) }
        for number in numbers {
            patched[number.start] = UInt8(ascii: "0")
            for place in (number.start + 1)..<number.end { patched[place] = UInt8(ascii: " ") }
        }
        // The scanner and simdjson are of one mind, or this is a document that neither of them explains.
        guard parseWithSimdJSON(patched.span) == 0 else { throw JSONError(.syntax, offset: 0) }
        put(numbers)
        try check(source: bytes)
    }

    /// Writes the values of numbers that simdjson does not take onto the tape, in place of the zeros that stood for
    /// them.
    private mutating func put(_ numbers: [JSONScanner.Number]) {
        guard let handle = unsafe handle else { return }
        let view = unsafe driftline_json_tape(handle)
        var rest = numbers[...]
        var ordinal = 0
        var index = 1
        let end = unsafe view.tape_words
        while let number = rest.first, index < end {
            let word = unsafe view.tape[index]
            switch UInt8(truncatingIfNeeded: word >> 56) {
            case TapeTag.integer, TapeTag.unsigned, TapeTag.double:
                if ordinal == number.ordinal {
                    let tag = number.value.isFinite ? TapeTag.bigInteger : TapeTag.huge
                    unsafe view.tape[index] = UInt64(tag) << 56
                    unsafe view.tape[index + 1] = number.value.bitPattern
                    rest.removeFirst()
                }
                ordinal += 1
                index += 2
            default: index += 1
            }
        }
    }

    /// What simdjson does not look at: limits, keys, surrogates.
    private mutating func check(source: Span<UInt8>) throws(JSONError) {
        if let place = JSONScanner.unpairedSurrogate(in: source) { throw JSONError(.encoding, offset: place) }
        let tape = unsafe view()
        if let mistake = TapeCheck.mistake(in: tape, limits: limits, keys: &keys) {
            throw JSONError(mistake.kind, offset: JSONScanner.place(of: mistake, in: source))
        }
    }

    /// The document as it lies in the C parser, for as long as nothing is parsed.
    @unsafe
    @_lifetime(immortal)
    private func view() -> JSONTape {
        guard let handle = unsafe handle else { return JSONTape(words: Span(), strings: Span()) }
        let view = unsafe driftline_json_tape(handle)
        let words = unsafe Span<UInt64>(_unsafeStart: view.tape, count: view.tape_words)
        let strings = unsafe Span<UInt8>(_unsafeStart: view.strings, count: view.strings_capacity)
        return unsafe _overrideLifetime(JSONTape(words: words, strings: strings), copying: ())
    }

    /// Refuses byte order marks, UTF-16 and UTF-32 by their first bytes, as section 3 of RFC 4627 tells them apart.
    private static func checkEncoding(_ bytes: Span<UInt8>) throws(JSONError) {
        guard bytes.count >= 2 else { return }
        let (first, second) = (bytes[0], bytes[1])
        let isMarked = first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE
        let isMarkedUTF8 = bytes.count >= 3 && first == 0xEF && second == 0xBB && bytes[2] == 0xBF
        if isMarked || isMarkedUTF8 || first == 0 || second == 0 { throw JSONError(.encoding, offset: 0) }
    }
}
