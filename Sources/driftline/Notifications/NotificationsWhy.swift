import ArgumentParser
import JSON

/// `driftline notifications why`: for every receiver of an alert, why it was or was not told.
struct NotificationsWhy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Tell for every receiver of an alert why it was, or was not, told.")

    @Argument(help: "The alert's fingerprint, or the name of its rule.")
    var alert: String

    @Option(help: "Where the service is.")
    var url = "http://127.0.0.1:8080"

    @Option(help: "The service's key; better in the environment as DRIFTLINE_KEY.")
    var key: String?

    func run() async throws {
        let console = Console()
        let client = try ServiceClient(
            base: url, key: key ?? ProcessEnvironment.value("DRIFTLINE_KEY"), patience: .seconds(10), console: console)
        let list = try await client.success(of: .get("/v1/alerts"))["alerts"]?.elements ?? []
        let prints = list.filter { [$0["fingerprint"]?.string, $0["alertname"]?.string].contains(alert) }
            .compactMap { $0["fingerprint"]?.string }
        for print in Set(prints).sorted() {
            show(try await client.success(of: .get("/v1/alerts/\(ServiceCall.escaped(print))")), console)
        }
        await client.close()
        guard !prints.isEmpty else {
            throw CommandFailure(
                "no alert has the fingerprint or name \(PlainText.line(alert)); GET /v1/alerts lists them")
        }
    }

    private func show(_ document: JSONNode, _ console: Console) {
        func text(_ node: JSONNode?, _ key: String) -> String { PlainText.line(node?[key]?.string ?? "") }
        let labels = (document["labels"]?.members ?? []).map { "\($0.name)=\($0.value.string ?? "")" }
        console.line(
            "\(text(document, "fingerprint"))  \(text(document, "verdict"))  \(PlainText.line(labels.joined(separator: " ")))"
        )
        let audiences = document["notifications"]?.elements ?? []
        if audiences.isEmpty { console.line("  nobody: it has not fired, or no channel takes it") }
        for audience in audiences {
            console.line("  \(text(audience, "receiver"))/\(text(audience, "channel")): \(text(audience, "state"))")
            console.line("    \(text(audience, "next"))")
            console.line(
                "    route \(text(audience, "route")), group_wait \(text(audience, "group_wait")), group_interval "
                    + "\(text(audience, "group_interval")), repeat_interval \(text(audience, "repeat_interval"))")
            for delivery in (audience["deliveries"]?.elements ?? []).prefix(5) {
                let status = delivery["last_status"]?.int64.map { ", status \($0)" } ?? ""
                console.line(
                    "    \(text(delivery, "event_time")) \(text(delivery, "status")): \(text(delivery, "state")) after "
                        + "\(delivery["attempts"]?.int64 ?? 0) attempts\(status)  \(text(delivery, "id"))")
            }
        }
    }
}
