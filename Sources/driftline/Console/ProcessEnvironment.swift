import Foundation

/// The environment variables of this process.
enum ProcessEnvironment {
    /// All of them by name.
    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// The value of a variable, nil where it is unset or empty.
    static func value(_ name: String) -> String? {
        guard let value = variables[name], !value.isEmpty else { return nil }
        return value
    }
}
