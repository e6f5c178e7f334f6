/// Growing bytes in network order; one allocation for many values.
///
/// It owns its memory, which only doubles, so that appending a value allocates nothing once the buffer has reached its
/// size.
@safe package struct BinaryBuffer: ~Copyable, @unchecked Sendable {
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    /// Bytes written so far.
    private(set) var count = 0
    /// Whether a value was longer than PostgreSQL's format can say (2 GiB); the buffer must then not be sent.
    private(set) var hasOverflowed = false

    init(capacity: Int) {
        self.capacity = max(16, capacity)
        unsafe base = UnsafeMutableRawPointer.allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit { unsafe base.deallocate() }

    /// Forgets the bytes and keeps the memory.
    mutating func removeAll() {
        count = 0
        hasOverflowed = false
    }

    /// Makes room and returns where to write; the room counts as written.
    @inline(__always)
    private mutating func room(_ size: Int) -> UnsafeMutableRawPointer {
        if count + size > capacity { grow(count + size) }
        let place = unsafe base + count
        count += size
        return unsafe place
    }

    @inline(never)
    private mutating func grow(_ needed: Int) {
        let larger = max(needed, capacity * 2)
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 16)
        unsafe moved.copyMemory(from: base, byteCount: count)
        unsafe base.deallocate()
        unsafe base = moved
        capacity = larger
    }

    /// Appends an integer, most significant byte first.
    @inline(__always)
    mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        unsafe room(MemoryLayout<Value>.size).storeBytes(of: value.bigEndian, as: Value.self)
    }

    /// Appends bytes as they are.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard unsafe !bytes.isEmpty, let source = bytes.baseAddress else { return }
        unsafe room(bytes.count).copyMemory(from: source, byteCount: bytes.count)
    }

    /// Appends a length as PostgreSQL's 32 bits, or marks the buffer as unusable.
    mutating func append(length: Int) {
        if length > Int(Int32.max) { hasOverflowed = true }
        append(Int32(clamping: length))
    }

    /// Overwrites the 32 bits at an offset with the number of bytes after them.
    mutating func patchLength(at offset: Int) {
        precondition(offset >= 0 && offset + 4 <= count, "a length lies inside the bytes written")
        let length = count - offset - 4
        if length > Int(Int32.max) { hasOverflowed = true }
        unsafe (base + offset).storeBytes(of: Int32(clamping: length).bigEndian, as: Int32.self)
    }

    /// Lends the bytes written so far.
    borrowing func withBytes<Result: ~Copyable, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe body(UnsafeRawBufferPointer(start: base, count: count))
    }
}
