import JSON

/// What a service answered to a call.
struct ServiceAnswer {
    /// The status code.
    let status: Int

    /// The document of the body, `null` where there is none.
    let document: JSONNode

    /// Whether the call was done.
    var isSuccess: Bool { (200..<300).contains(status) }

    /// What a problem document says, in one line.
    var reason: String {
        let detail = document["detail"]?.string ?? document["title"]?.string
        var reason = detail ?? "status \(status)"
        for error in (document["errors"]?.elements ?? []).prefix(3) {
            let place = error["pointer"]?.string.map { "\($0): " } ?? ""
            if let detail = error["detail"]?.string { reason += "; \(place)\(detail)" }
        }
        return PlainText.line(reason)
    }
}
