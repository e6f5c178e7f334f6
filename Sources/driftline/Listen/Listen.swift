import Alerting
import App
import ArgumentParser
import JSON

/// `driftline listen`: a receiver to try notifications and retraining with.
struct Listen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Receive webhooks, check their signatures and print what they say.",
        discussion: "With --run it also plays the training job: running, then succeeded.")

    @Option(help: "The address and port to listen on.")
    var listen = "127.0.0.1:9999"

    @Option(help: "The secret that deliveries are signed with, whsec_...; several parted by spaces.")
    var secret: String?

    @Option(help: "A file with the secret in it.")
    var secretFile: String?

    @Option(help: "How many of a hundred deliveries to answer with 503, at random.")
    var fail = 0

    @Option(help: "The status of all other answers.")
    var status = 200

    @Flag(help: "Print bodies as they came, one a line, and the rest on standard error.")
    var json = false

    @Flag(name: .customLong("run"), help: "Answer requests for retraining: call back with running, then succeeded.")
    var trains = false

    func validate() throws {
        guard (0...100).contains(fail) else { throw ValidationError("--fail: give a percentage from 0 to 100") }
        guard (200...599).contains(status) else { throw ValidationError("--status: give a status from 200 to 599") }
        guard secret == nil || secretFile == nil else {
            throw ValidationError("give --secret or --secret-file, not both")
        }
    }

    func run() async throws {
        guard let address = ListenAddress(listen), address.port > 0 else {
            throw CommandFailure("--listen: give an address and a port, such as 127.0.0.1:9999")
        }
        let console = Console()
        let (requests, continuation) = AsyncStream<JSONNode>.makeStream(bufferingPolicy: .bufferingOldest(1000))
        let manner = Receiver.Manner(keys: try keys(), failurePercent: fail, status: status, isRaw: json)
        let receiver = Receiver(manner, console: console, retrainings: trains ? continuation : nil)
        let server = WebhookServer(address: address, receiver: receiver, console: console, isRaw: json)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await request in requests { try await TrainingJob(console: console).run(request) }
            }
            defer { continuation.finish() }
            try await server.run()
            group.cancelAll()
        }
    }

    private func keys() throws -> [SigningKey] {
        var text = secret
        if let secretFile {
            text = String(decoding: try InputFile(path: secretFile).contents(limit: 4096), as: UTF8.self)
        }
        guard let text else { return [] }
        do {
            return try SigningKey.verificationKeys(in: Secret(text))
        } catch {
            throw CommandFailure("\(secret == nil ? "--secret-file" : "--secret"): the signing secret \(error.reason)")
        }
    }
}
