/// Lends strings as a NULL-terminated array of C strings.
func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(bytes.count)
        bytes.append(contentsOf: string.utf8.lazy.map { CChar(bitPattern: $0) })
        bytes.append(0)
    }
    bytes.append(0)
    return unsafe bytes.withUnsafeBufferPointer { storage in
        var pointers: [UnsafePointer<CChar>?] = unsafe []
        for offset in offsets { unsafe pointers.append(storage.baseAddress.map { base in unsafe base + offset }) }
        unsafe pointers.append(nil)
        return unsafe body(pointers)
    }
}
