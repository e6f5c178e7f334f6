internal import Query

/// A secret as a line of an Alertmanager configuration: Alertmanager reads files as we do, and no variables.
enum SecretExport {
    static func line(_ key: String, _ secret: SecretSource, isMasked: Bool) -> String {
        switch secret {
        case .outside(let place): line(key, place)
        case .inline(let text): "\(key): \((isMasked ? "masked" : text.revealed).quoted)"
        }
    }

    static func line(_ key: String, _ place: TextPlace) -> String {
        switch place {
        case .file(let path): "\(key)_file: \(path.quoted)"
        case .variable(let name): "\(key)_file: \("/run/secrets/\(name)".quoted) # was a variable"
        }
    }
}
