/// One thing wrong with a model's settings.
package struct SchemaMistake: Hashable, Sendable {
    /// A JSON pointer to the value at fault in the body of `PUT /v1/models/{model}`.
    package let pointer: String

    /// What is wrong and what to write instead.
    package let detail: String

    /// A mistake at a pointer.
    package init(_ pointer: String, _ detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// A name as one token of a JSON pointer (RFC 6901).
    package static func token(_ name: String) -> String {
        var token = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token
    }
}
