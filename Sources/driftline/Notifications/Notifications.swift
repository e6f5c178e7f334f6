import Alerting
import ArgumentParser

/// `driftline notifications`: who hears of what.
struct Notifications: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, export and try the file that says who hears of alerts, and ask why somebody did or did not.",
        subcommands: [
            NotificationsCheck.self, NotificationsExport.self, NotificationsRoutes.self, NotificationsWhy.self,
        ])

    /// The settings of a file; every mistake is printed before the command ends with 1.
    static func settings(of path: String, _ console: Console) throws -> NotificationSettings {
        let text = try RulePaths.text(of: path)
        do throws(RuleFileError) {
            return try NotificationSettings(file: path, text: text)
        } catch {
            for diagnostic in error.diagnostics { console.line(diagnostic.description) }
            throw ExitCode(1)
        }
    }
}
