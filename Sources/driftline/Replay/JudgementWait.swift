import JSON
import Monitoring

/// Waits until the rules have seen a boundary, so that none of them sees what was not known then.
struct JudgementWait {
    private let client: ServiceClient
    private let path: String
    private let patience: Duration

    /// Whether rules select the model, as far as is known.
    private(set) var isJudged = true

    /// Until when a model without evaluations may still be one that no evaluation has reached yet.
    private var grace: ContinuousClock.Instant?

    private static let graceLength: Duration = .seconds(3)

    /// A wait for the rules of the model at a path of the service.
    init(client: ServiceClient, path: String, patience: Duration) async throws {
        self.client = client
        self.path = path
        self.patience = patience
        let call = ServiceCall.get("/v1/rules")
        let answer = try await client.answer(to: call)
        if answer.isSuccess { isJudged = Self.hasGroups(answer.document) }
    }

    /// Returns when all rules of the model have been evaluated up to a time, or when none select it.
    mutating func wait(for boundary: Time) async throws {
        guard isJudged else { return }
        var pause: Duration = .milliseconds(2)
        var best: Time?
        var lastProgress = ContinuousClock.now
        while true {
            let evaluated = ModelState(try await client.success(of: .get(path))).evaluatedTo
            if let evaluated, evaluated >= boundary { return }
            let now = ContinuousClock.now
            if let evaluated {
                if best.map({ evaluated > $0 }) ?? true {
                    best = evaluated
                    lastProgress = now
                }
            } else if hasGraceEnded(at: now) {
                isJudged = false
                return
            }
            guard now - lastProgress < patience else { throw stalled(at: best, before: boundary) }
            try await Task.sleep(for: pause)
            pause = min(pause * 3 / 2, .milliseconds(250))
        }
    }

    private mutating func hasGraceEnded(at now: ContinuousClock.Instant) -> Bool {
        let end = grace ?? now + Self.graceLength
        grace = end
        return now >= end
    }

    private func stalled(at best: Time?, before boundary: Time) -> CommandFailure {
        let place = best.map { "are at \($0)" } ?? "have not begun"
        return CommandFailure(
            "the rules \(place) and have not come to \(boundary) for \(patience.forPeople): "
                + "look into the service's log, then repeat this command, which goes on where it was")
    }

    /// Whether an answer of `/v1/rules` names a group: a list of them, or an object that holds such a list.
    private static func hasGroups(_ document: JSONNode) -> Bool {
        if let elements = document.elements { return !elements.isEmpty }
        return (document.members ?? []).contains { !($0.value.elements ?? []).isEmpty }
    }
}
