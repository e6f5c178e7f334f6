import JSON

/// Cuts a stream of bytes into lines, without holding more than one chunk and one line.
struct LineReader: ~Copyable {
    private var buffer: [UInt8] = []
    private var start = 0
    private var searched = 0
    private var isWhole = false
    private var isDiscarding = false
    private let limit: Int

    /// The place of the buffer's first byte in the whole stream.
    private var base = 0

    /// The line that ``next()`` found, without its line feed; empty for one that is too long.
    private(set) var range = 0..<0

    /// Whether the line that ``next()`` found is longer than the limit.
    private(set) var isTooLong = false

    /// A reader of lines of at most `limit` bytes.
    init(limit: Int = 1_048_576) {
        self.limit = limit
    }

    /// The bytes of the line that ``next()`` found.
    var line: Span<UInt8> {
        @_lifetime(borrow self) get { buffer.span.extracting(range) }
    }

    /// The place of the line in the whole stream.
    var offset: Int { base + range.lowerBound }

    mutating func append(_ chunk: [UInt8]) {
        if start == buffer.count {
            base += buffer.count
            buffer = chunk
            searched = 0
        } else {
            base += start
            searched -= start
            if start > 0 { buffer.removeFirst(start) }
            buffer += chunk
        }
        start = 0
        range = 0..<0
    }

    /// States that nothing more comes, so that the rest is a line.
    mutating func finish() {
        isWhole = true
    }

    /// Finds the next line; false where there is none without more bytes.
    mutating func next() -> Bool {
        let end: Int
        if let found = LineFeed.first(in: buffer.span, from: searched) {
            end = found
        } else {
            searched = buffer.count
            if buffer.count - start > limit {
                isDiscarding = true
                start = buffer.count
            }
            guard isWhole, start < buffer.count || isDiscarding else { return false }
            end = buffer.count
        }
        isTooLong = isDiscarding || end - start > limit
        range = isTooLong ? end..<end : start..<end
        isDiscarding = false
        start = min(end + 1, buffer.count)
        searched = start
        return true
    }
}
