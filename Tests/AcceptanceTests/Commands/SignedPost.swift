import Foundation

/// A delivery signed by somebody else's code: HMAC of Python's standard library.
enum SignedPost {
    /// Why there is no delivery.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// How the signature is to be spoilt.
    enum Fault: String, CaseIterable {
        case none
        case unsigned
        case otherKey
        case otherBody
        case old
    }

    /// Posts a body to a receiver and returns the status of the answer.
    static func send(_ body: String, to url: String, id: String, secret: String, fault: Fault = .none) throws -> Int {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, url, id, secret, fault.rawValue, body]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let status = Int(text) else { throw Failed(description: "python3 did not send the delivery: \(text)") }
        return status
    }

    private static let script = """
        import base64, hashlib, hmac, sys, time, urllib.error, urllib.request
        url, id, secret, fault, body = sys.argv[1:6]
        stamp = str(int(time.time()) - (900 if fault == "old" else 0))
        key = base64.b64decode(secret.removeprefix("whsec_"))
        if fault == "otherKey": key = bytes(reversed(key))
        code = hmac.new(key, f"{id}.{stamp}.{body}".encode(), hashlib.sha256).digest()
        if fault == "otherBody": body += " "
        headers = {"content-type": "application/json", "webhook-id": id, "webhook-timestamp": stamp}
        if fault != "unsigned": headers["webhook-signature"] = "v1," + base64.b64encode(code).decode()
        request = urllib.request.Request(url, data=body.encode(), headers=headers)
        try:
            print(urllib.request.urlopen(request, timeout=20).status)
        except urllib.error.HTTPError as error:
            print(error.code)
        """
}
