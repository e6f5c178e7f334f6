import Alerting
import ArgumentParser

/// `driftline notifications check`: reports every mistake in a notification file.
struct NotificationsCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report every mistake in a notification file as file:line:column: message.")

    @Argument(help: "The file.")
    var path = "notifications.yaml"

    func run() async throws {
        let console = Console()
        let settings = try Notifications.settings(of: path, console)
        let channels = settings.receivers.values.reduce(0) { $0 + $1.channels.count }
        console.line(
            "\(path): receivers: \(settings.receivers.count), channels: \(channels), routes: "
                + "\(Self.count(settings.route)), inhibit rules: \(settings.inhibition.count)")
    }

    private static func count(_ route: Route) -> Int { route.routes.reduce(1) { $0 + count($1) } }
}
