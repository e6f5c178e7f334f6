import Foundation
import JSON

/// Sends rows and labels without a pause, and repeats what was not acknowledged, until it is told to stop.
struct RowSender {
    /// The model that all senders fill.
    static let model = "kills"

    /// The day that all rows lie in, as a query for a series.
    static let day = ["from": "2026-01-01T01:00:00Z", "to": "2026-01-02T00:00:00Z"]

    let number: Int
    /// Where rows may be sent; each attempt goes to any of them.
    let clients: [ServiceClient]
    let ledger: RowLedger

    /// The model with its reference.
    static func prepare(_ client: ServiceClient) async throws {
        try await client.call(
            "PUT", "/v1/models/\(model)",
            [
                "task": "binary", "features": ["x": ["type": "numeric"], "c": ["type": "categorical"]],
                "windows": [["length": "1h", "step": "1h"]],
            ])
        let reference = (0..<1000).map { index in
            "\(index % 100),\(index % 2 == 0 ? "a" : "b"),\(index % 2),\(Double(index % 100) / 100),\(index % 2)\n"
        }
        try await client.call(
            "PUT", "/v1/models/\(model)/references/training", csv: "x,c,prediction,score,actual\n" + reference.joined())
    }

    /// Sends until the ledger is closed.
    func run() async throws {
        var random = SeededNumbers(number)
        var count = 0
        while ledger.isOpen {
            let size = [1, 7, 100, 500].randomElement(using: &random) ?? 1
            let batch = RowBatch(sender: number, from: count, size: size, using: &random)
            count += size
            ledger.attempt(batch)
            var parts = [("predictions", batch.rows), ("labels", batch.labels)]
            // Labels may come before their predictions.
            if Int.random(in: 0..<10, using: &random) < 3 { parts.reverse() }
            for (noun, lines) in parts where !lines.isEmpty {
                try await post(lines, to: "/v1/models/\(Self.model)/\(noun)")
            }
            ledger.acknowledge(batch)
        }
    }

    /// Posts until it is acknowledged: no answer, 429, 500 and 503 mean to try again, anything else is a failure.
    private func post(_ lines: String, to path: String) async throws {
        while true {
            do {
                guard let client = clients.randomElement() else { return }
                let answer = try await client.send(
                    "POST", path, Array(lines.utf8), type: "application/x-ndjson", timeout: .seconds(30))
                if answer.status == 200 { return }
                guard [429, 500, 503].contains(answer.status) else {
                    throw ServiceClient.Refusal(request: "POST \(path)", answer: answer)
                }
            } catch let error as ServiceClient.Refusal {
                throw error
            } catch {
                // The connection was refused or cut: nobody knows whether it was stored.
            }
            ledger.retry()
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
