import JSON

/// What a replay ends with: rows, time, and which alerts fired when.
struct ReplaySummary {
    let console: Console

    /// Prints what became of the rows of one kind.
    func show(_ noun: String, _ totals: ReplayTotals) {
        let corrections = totals.corrections > 0 ? ", \(totals.corrections.grouped) corrections" : ""
        console.line(
            "\(noun): \(totals.sent.grouped) sent, \(totals.accepted.grouped) new, \(totals.duplicates.grouped) there already, "
                + "\(totals.rejected.grouped) refused\(corrections)")
        for refusal in totals.refusals { console.line("  \(refusal)") }
    }

    /// Prints the time that it all took.
    func show(rows: Int, elapsed: Duration) {
        console.line("\(elapsed.forPeople), \(RowRate(rows: rows, elapsed: elapsed))")
    }

    /// Asks for a model's alerts and prints their history.
    func showAlerts(of model: String, client: ServiceClient) async throws {
        let list = try await client.success(of: .get("/v1/alerts?model=\(ServiceCall.escaped(model))"))
        let alerts = list.elements ?? list["alerts"]?.elements ?? list["data"]?.elements ?? []
        var episodes: [AlertEpisode] = []
        for alert in alerts {
            guard let fingerprint = alert["fingerprint"]?.string else { continue }
            let call = ServiceCall.get("/v1/alerts/\(ServiceCall.escaped(fingerprint))")
            let answer = try await client.answer(to: call)
            episodes += AlertEpisode.list(in: answer.isSuccess ? answer.document : alert)
        }
        show(episodes.sorted { ($0.firedAt, $0.alert, $0.labels) < ($1.firedAt, $1.alert, $1.labels) })
    }

    private func show(_ episodes: [AlertEpisode]) {
        console.line()
        guard !episodes.isEmpty else {
            console.line("no alert fired")
            return
        }
        var table = TextTable(["alert", "labels", "fired at", "resolved at", "value"])
        for episode in episodes {
            table.append([
                episode.alert, episode.labels, episode.firedAt, episode.resolvedAt ?? "still firing", episode.value,
            ])
        }
        console.line("alerts that fired, in event time:")
        for line in table.lines { console.line(line) }
    }
}
