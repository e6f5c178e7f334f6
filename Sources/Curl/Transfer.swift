internal import Addresses
internal import CCurl

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// One request on its way: the owner of one easy handle and of what came back so far.
///
/// It is made, called back and ended on the sender's thread alone. libcurl keeps its address, so it is a class.
@safe
final class Transfer {
    let submission: Submission
    let easy: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var recipientList: UnsafeMutablePointer<curl_slist>?
    private var connectList: UnsafeMutablePointer<curl_slist>?
    private var uploaded = 0
    private let errorText: UnsafeMutablePointer<CChar>

    private(set) var headers: [HTTPRequest.Header] = []
    private(set) var body: [UInt8] = []
    private(set) var isTruncated = false
    private(set) var isRefused = false
    private(set) var hasTooManyHeaders = false
    private var headerBytes = 0

    /// The newest line of a mail server that is not its good-bye.
    private var lastLine: [UInt8] = []

    private static let mostHeaderBytes = 65_536

    /// The last reply of a mail server.
    private var lastReply: (status: Int, line: [UInt8])? {
        let digits = lastLine.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, lastLine)
    }

    /// The next bytes of a mail, at most so many.
    func nextBytes(_ most: Int) -> ArraySlice<UInt8> {
        guard case .mail(let mail) = submission.exchange else { return [] }
        let piece = mail.message[uploaded...].prefix(most)
        uploaded += piece.count
        return piece
    }

    /// A transfer ready to be added to a multi handle.
    init(_ submission: Submission) throws(TransportError) {
        let failure = TransportError(.resources, host: submission.host, detail: "no memory for a request")
        guard let easy = unsafe curl_easy_init() else { throw failure }
        self.submission = submission
        unsafe self.easy = easy
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        var options = unsafe EasyOptions(easy)
        setPolicy(&options)
        switch submission.exchange {
        case .http(let request, let url, let proxy):
            setRequest(request, url, &options)
            setSecurity(request.security, &options)
            setRoute(request, url, proxy, &options)
        case .mail(let mail):
            setMail(mail, &options)
            setSecurity(mail.security, &options)
        }
        setReceivers(&options)
        if !options.areAllSet { throw failure }
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(headerList)
        unsafe curl_slist_free_all(recipientList)
        unsafe curl_slist_free_all(connectList)
        unsafe errorText.deallocate()
    }

    /// The transfer that libcurl's user data stands for.
    static func of(_ userData: UnsafeMutableRawPointer) -> Transfer {
        unsafe Unmanaged<Transfer>.fromOpaque(userData).takeUnretainedValue()
    }

    /// What the ended transfer comes to.
    func result(_ code: CURLcode) -> Result<HTTPResponse, TransportError> {
        let host = submission.host
        if isRefused {
            return .failure(TransportError(.addressRefused, host: host, detail: "its address may not be called"))
        }
        if hasTooManyHeaders {
            return .failure(TransportError(.tooLarge, host: host, detail: "the answer's headers are too large"))
        }
        if case .mail = submission.exchange, let reply = lastReply, code == CURLE_OK || reply.status >= 400 {
            return .success(HTTPResponse(status: reply.status, body: Array(reply.line.prefix(500))))
        }
        guard code == CURLE_OK || isTruncated else {
            return .failure(TransportError(TransportError.Kind(code), host: host, detail: detail(of: code)))
        }
        var status = 0
        unsafe driftline_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
        return .success(HTTPResponse(status: status, headers: headers, body: body, isTruncated: isTruncated))
    }

    private func detail(of code: CURLcode) -> String {
        let text = unsafe String(cString: errorText)
        return text.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : text
    }

    /// Nothing but the one exchange: no redirects, no proxy, no netrc, no second try on an old connection.
    private func setPolicy(_ options: inout EasyOptions) {
        options.set(CURLOPT_PROTOCOLS_STR, "http,https")
        options.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
        options.set(CURLOPT_FOLLOWLOCATION, 0)
        options.set(CURLOPT_PROXY, "")
        options.set(CURLOPT_NOPROXY, "*")
        options.set(CURLOPT_NETRC, 0)
        options.set(CURLOPT_NOSIGNAL, 1)
        options.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // libcurl silently sends again what it sent on a kept connection that died; and a new connection is always
        // judged.
        options.set(CURLOPT_FRESH_CONNECT, 1)
        options.set(CURLOPT_FORBID_REUSE, 1)
        // Not to wait on the thread for a name that nobody needs any more.
        options.set(CURLOPT_QUICK_EXIT, 1)
    }

    private func setRequest(_ request: HTTPRequest, _ url: HTTPURL, _ options: inout EasyOptions) {
        options.set(CURLOPT_URL, request.security.serverName.map(url.text(withHost:)) ?? url.text)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeout.milliseconds)
        options.set(CURLOPT_TIMEOUT_MS, request.timeout.milliseconds)
        if request.method == "HEAD" { options.set(CURLOPT_NOBODY, 1) }
        if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            options.setBody(request.body)
        }
        options.set(CURLOPT_CUSTOMREQUEST, request.method)
        let host = request.security.serverName == nil ? [] : ["Host: \(url.authority)"]
        unsafe Self.append(request.headerLines + host, to: &headerList, &options)
        unsafe options.set(CURLOPT_HTTPHEADER, UnsafeMutableRawPointer(headerList))
    }

    private static func append(
        _ lines: [String], to list: inout UnsafeMutablePointer<curl_slist>?, _ options: inout EasyOptions
    ) {
        for line in lines {
            guard let longer = unsafe curl_slist_append(list, line) else { return options.fail() }
            unsafe list = longer
        }
    }

    /// The way to the server: through a proxy, or to the host where the URL has the certificate's name instead.
    private func setRoute(_ request: HTTPRequest, _ url: HTTPURL, _ proxy: HTTPURL?, _ options: inout EasyOptions) {
        if let proxy {
            options.set(CURLOPT_PROXY, proxy.text)
            options.set(CURLOPT_NOPROXY, "")
            options.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        }
        guard request.security.serverName != nil else { return }
        let host = url.host.utf8.contains(UInt8(ascii: ":")) ? "[\(url.host)]" : url.host
        unsafe Self.append(["::\(host):\(url.port)"], to: &connectList, &options)
        unsafe options.set(CURLOPT_CONNECT_TO, UnsafeMutableRawPointer(connectList))
    }

    private func setMail(_ mail: MailRequest, _ options: inout EasyOptions) {
        options.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        options.set(CURLOPT_URL, mail.url)
        options.set(CURLOPT_TIMEOUT_MS, mail.timeout.milliseconds)
        options.set(CURLOPT_CONNECTTIMEOUT_MS, mail.timeout.milliseconds)
        // Also how long the thread waits for an answer to QUIT.
        options.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, 10)
        options.set(
            CURLOPT_USE_SSL, mail.protection == .none ? Int(CURLUSESSL_NONE.rawValue) : Int(CURLUSESSL_ALL.rawValue))
        if let user = mail.user { options.set(CURLOPT_USERNAME, user) }
        if let password = mail.password { options.set(CURLOPT_PASSWORD, password) }
        options.set(CURLOPT_MAIL_FROM, "<\(mail.sender)>")
        unsafe Self.append(mail.recipients.map { "<\($0)>" }, to: &recipientList, &options)
        unsafe options.set(CURLOPT_MAIL_RCPT, UnsafeMutableRawPointer(recipientList))
        options.set(CURLOPT_UPLOAD, 1)
        options.setSize(CURLOPT_INFILESIZE_LARGE, mail.message.count)
    }

    private func setSecurity(_ security: HTTPRequest.Security, _ options: inout EasyOptions) {
        options.set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        options.set(CURLOPT_SSL_VERIFYPEER, security.verifies ? 1 : 0)
        options.set(CURLOPT_SSL_VERIFYHOST, security.verifies ? 2 : 0)
        if let authorities = security.authorities { options.set(CURLOPT_CAINFO, authorities) }
        if let certificate = security.certificate { options.set(CURLOPT_SSLCERT, certificate) }
        if let key = security.key { options.set(CURLOPT_SSLKEY, key) }
    }

    private func setReceivers(_ options: inout EasyOptions) {
        let this = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe options.set(CURLOPT_PRIVATE, this)
        unsafe options.set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText))
        unsafe options.setReceivers(this)
    }

    /// Takes one line of the answer's head; false to give up.
    func receive(headerLine line: [UInt8]) -> Bool {
        headerBytes += line.count
        if headerBytes > Self.mostHeaderBytes {
            hasTooManyHeaders = true
            return false
        }
        if case .mail = submission.exchange {
            // 221 answers QUIT, which tells nothing of the mail.
            if !line.starts(with: "221".utf8) { lastLine = line }
            return true
        }
        if line.starts(with: "HTTP/".utf8) {
            // The head of the real answer after an interim one.
            headers.removeAll()
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            headers.append(HTTPRequest.Header(Self.trimmed(line[..<colon]), Self.trimmed(line[(colon + 1)...])))
        }
        return true
    }

    /// Takes bytes of the answer's body; false where the limit is passed.
    func receive(body bytes: [UInt8]) -> Bool {
        let room = submission.bodyLimit - body.count
        body += bytes.prefix(room)
        isTruncated = bytes.count > room
        return !isTruncated
    }

    /// Judges an address before anything is sent to it. After one refusal no other address of the host is tried.
    func judge(_ address: IPAddress?) -> Bool {
        guard !isRefused, let address, submission.policy.allows(address, host: submission.judgedHost) else {
            isRefused = true
            return false
        }
        return true
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        var rest = bytes.drop(while: isSpace)
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}
