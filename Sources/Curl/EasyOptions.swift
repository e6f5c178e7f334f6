internal import Addresses
internal import CCurl

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Sets options of an easy handle and remembers whether one was refused.
@safe
struct EasyOptions {
    private let easy: UnsafeMutableRawPointer
    private(set) var areAllSet = true

    init(_ easy: UnsafeMutableRawPointer) {
        unsafe self.easy = easy
    }

    mutating func fail() {
        areAllSet = false
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(unsafe driftline_set_long(easy, option, value))
    }

    /// libcurl copies the text.
    mutating func set(_ option: CURLoption, _ text: String) {
        note(unsafe driftline_set_text(easy, option, text))
    }

    mutating func setSize(_ option: CURLoption, _ value: Int) {
        note(unsafe driftline_set_size(easy, option, curl_off_t(value)))
    }

    mutating func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
        note(unsafe driftline_set_pointer(easy, option, pointer))
    }

    /// libcurl copies the body, zero bytes included, because its size is told first.
    mutating func setBody(_ body: [UInt8]) {
        note(unsafe driftline_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
        // An empty array may have no address, which would mean that no body is meant at all.
        var copy = body + [0]
        unsafe copy.withUnsafeMutableBytes { buffer in
            note(unsafe driftline_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, buffer.baseAddress))
        }
    }

    /// Where libcurl puts what comes in, and whom it asks before it connects.
    mutating func setReceivers(_ transfer: UnsafeMutableRawPointer) {
        unsafe set(CURLOPT_HEADERDATA, transfer)
        unsafe set(CURLOPT_WRITEDATA, transfer)
        unsafe set(CURLOPT_OPENSOCKETDATA, transfer)
        unsafe set(CURLOPT_PREREQDATA, transfer)
        unsafe set(CURLOPT_READDATA, transfer)
        note(
            unsafe driftline_set_receiver(easy, CURLOPT_READFUNCTION) { buffer, size, count, userData in
                guard let userData = unsafe userData, let buffer = unsafe buffer else { return 0 }
                let piece = unsafe Transfer.of(userData).nextBytes(size * count)
                let room = unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
                unsafe room.copyBytes(from: piece)
                return piece.count
            })
        note(
            unsafe driftline_set_receiver(easy, CURLOPT_HEADERFUNCTION) { bytes, size, count, userData in
                guard let userData = unsafe userData, let bytes = unsafe bytes else { return 0 }
                let line = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: size * count))
                return unsafe Transfer.of(userData).receive(headerLine: line) ? size * count : 0
            })
        note(
            unsafe driftline_set_receiver(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, userData in
                guard let userData = unsafe userData, let bytes = unsafe bytes else { return 0 }
                let piece = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: size * count))
                return unsafe Transfer.of(userData).receive(body: piece) ? size * count : 0
            })
        note(
            unsafe driftline_set_open_socket(easy) { userData, _, socketAddress in
                guard let userData = unsafe userData, let socketAddress = unsafe socketAddress else {
                    return curl_socket_t(-1)
                }
                return unsafe openSocket(for: Transfer.of(userData), to: socketAddress)
            })
        note(
            unsafe driftline_set_before_request(easy) { userData, address, _, _, _ in
                guard let userData = unsafe userData, let address = unsafe address else { return CURL_PREREQFUNC_ABORT }
                let judged = unsafe Transfer.of(userData).judge(IPAddress(String(cString: address)))
                return judged ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
            })
    }

    private mutating func note(_ code: CURLcode) {
        if code != CURLE_OK { areAllSet = false }
    }
}

/// A socket for an address that the transfer's policy allows, else none, so that nothing is connected.
private func openSocket(for transfer: Transfer, to wanted: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
    let family = unsafe wanted.pointee.family
    // The address is longer than the member that C gives it; `addrlen` is its true length.
    let length = min(Int(unsafe wanted.pointee.addrlen), MemoryLayout<sockaddr_storage>.size)
    let start = unsafe UnsafeRawPointer(wanted) + (MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0)
    let bytes = unsafe Array(UnsafeRawBufferPointer(start: start, count: length))
    guard transfer.judge(IPAddress(family: family, socketAddress: bytes)) else { return curl_socket_t(-1) }
    return unsafe socket(family, wanted.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue), wanted.pointee.protocol)
}
