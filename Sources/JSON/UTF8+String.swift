extension String {
    /// A copy of bytes that simdjson has found to be valid UTF-8.
    init(copyingUTF8 bytes: Span<UInt8>) {
        self.init(copying: unsafe UTF8Span(unchecked: bytes))
    }
}
