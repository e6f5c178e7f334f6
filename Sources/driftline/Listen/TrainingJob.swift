import Curl
import JSON

/// Plays a training job: tells the service that a run is running, and then that it succeeded.
struct TrainingJob {
    let console: Console

    private static let duration: Duration = .seconds(1)

    /// Plays the job of one request.
    func run(_ request: JSONNode) async throws {
        guard let address = request["callback_url"]?.string else {
            console.line("    the request has no callback_url: nothing to answer")
            return
        }
        guard let slash = Self.endOfOrigin(address) else {
            console.line("    callback_url is not an http or https URL: \(PlainText.line(address))")
            return
        }
        let token = request["callback_token"]?.string
        let run = PlainText.line(request["run_id"]?.scalarText ?? "-")
        do {
            let client = try ServiceClient(
                base: String(address[..<slash]), key: token, patience: .seconds(30), console: console)
            let target = String(address[slash...])
            try await tell(client, target, ["state": "running"], run: run)
            try await Task.sleep(for: Self.duration)
            let version = "\(request["model_version"]?.scalarText ?? "0")-retrained"
            let end: JSONNode = ["state": "succeeded", "model_version": .string(version), "metrics": [:]]
            try await tell(client, target, end, run: run)
            await client.close()
        } catch let failure as CommandFailure {
            console.line("    run \(run): \(failure)")
        }
    }

    private func tell(_ client: ServiceClient, _ target: String, _ state: JSONNode, run: String) async throws {
        _ = try await client.success(of: .json("POST", target.isEmpty ? "/" : target, state))
        console.line("    run \(run): told the service \(state.text)")
    }

    /// Where the path of a URL begins.
    private static func endOfOrigin(_ address: String) -> String.Index? {
        guard let scheme = address.firstRange(of: "://") else { return nil }
        return address[scheme.upperBound...].firstIndex(of: "/") ?? address.endIndex
    }
}
