import Alerting
import ArgumentParser
import Foundation

/// `driftline notifications export`: the routing of a notification file as a configuration of a plain Alertmanager.
struct NotificationsExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the notification file as a configuration that a plain Alertmanager accepts.",
        discussion: """
            Routes, receivers, inhibition and time intervals are kept. What Alertmanager does not know is left out and named in \
            a comment. Addresses are written as they are; a secret that is in a file stays there where Alertmanager can read it.
            """)

    @Argument(help: "The file.")
    var path = "notifications.yaml"

    @Option(help: "Where to write; without it standard output.")
    var out: String?

    @Flag(help: "Leave the paths and tokens of addresses out.")
    var masked = false

    func run() async throws {
        let console = Console()
        let settings = try Notifications.settings(of: path, console)
        let export = NotificationExport(of: settings, addresses: masked ? .masked : .revealed)
        for omission in export.omissions { console.note("warning: \(omission)") }
        let text = export.text
        guard let out else {
            console.line(String(text.dropLast()))
            return
        }
        do {
            // It may hold the tokens of addresses.
            let attributes: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
            guard FileManager.default.createFile(atPath: out, contents: Data(text.utf8), attributes: attributes) else {
                throw CommandFailure("\(out) cannot be written: does its folder exist, and may this user write there?")
            }
        }
    }
}
