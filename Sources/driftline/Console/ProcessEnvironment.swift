import Foundation

/// The environment variables of this process.
enum ProcessEnvironment {
    /// All variables.
    static var variables: [String: String] { ProcessInfo.processInfo.environment }

    /// The value of a variable, nil where it is unset or empty.
    static func value(_ name: String) -> String? {
        let value = ProcessInfo.processInfo.environment[name]
        return value?.isEmpty ?? true ? nil : value
    }
}
