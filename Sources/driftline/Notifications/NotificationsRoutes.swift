import Alerting
import ArgumentParser
import Monitoring
import Query

/// `driftline notifications routes`: which receivers an alert would reach.
struct NotificationsRoutes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Try the route tree.", subcommands: [Test.self])

    /// As `amtool config routes test`.
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the receivers of an alert with these labels, as amtool config routes test.")

        @Option(help: "The notification file.")
        var file = "notifications.yaml"

        @Option(name: .customLong("verify.receivers"), help: "End with 1 unless these are the receivers, with commas.")
        var verify: String?

        @Flag(help: "Also print the group and its timers.")
        var verbose = false

        @Argument(help: "Labels as name=value.")
        var labels: [String] = []

        func run() async throws {
            let console = Console()
            let settings = try Notifications.settings(of: file, console)
            let pairs = try labels.map { text throws(CommandFailure) in try Self.label(text) }
            let alert = Labels(pairs)
            let nodes = settings.route.nodes(for: alert)
            let receivers = nodes.map(\.receiver).joined(separator: ",")
            console.line(receivers)
            if verbose {
                for node in nodes {
                    let timers = node.timers
                    console.line("  route \(node.key), group \(node.groupKey(for: alert).text)")
                    console.line(
                        "  group_wait \(timers.wait.text), group_interval \(timers.interval.text), repeat_interval "
                            + timers.repetition.text)
                }
            }
            if let verify, verify != receivers {
                console.note("WARNING: Expected receivers did not match resolved receivers.")
                throw ExitCode(1)
            }
        }

        private static func label(_ text: String) throws(CommandFailure) -> Label {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, Label.isName(parts[0]) else {
                throw CommandFailure("\(PlainText.line(text)): give labels as name=value")
            }
            let quoted = parts[1].count >= 2 && parts[1].hasPrefix("\"") && parts[1].hasSuffix("\"")
            return Label(name: parts[0], value: quoted ? String(parts[1].dropFirst().dropLast()) : parts[1])
        }
    }
}
