import Alerting
import Hummingbird
import JSON
import Monitoring
import Query
import Store
import Synchronization

/// Rules tried on stored history before they are put in force.
struct BacktestRoutes {
    let models: ModelCatalog
    let settings: ActiveSettings
    let store: Store
    private let gate = Gate()

    /// One backtest at a time: it takes the processor from those who judge the present.
    private final class Gate: Sendable {
        private let isTaken = Atomic(false)

        func enter() -> Bool { !isTaken.exchange(true, ordering: .acquiringAndReleasing) }

        func leave() { isTaken.store(false, ordering: .releasing) }
    }

    /// How long all models of one request may take.
    private static let limit: Duration = .seconds(60)

    init(models: ModelCatalog, settings: ActiveSettings, store: Store) {
        self.models = models
        self.settings = settings
        self.store = store
    }

    func add(to router: Router<APIContext>) {
        router.post("v1/rules/backtest") { request, _ in try await backtest(request) }
    }

    private func backtest(_ request: Request) async throws -> Response {
        try request.refuseParameters(except: ["from", "to", "model"])
        let (from, to) = (try Self.time(request, "from"), try Self.time(request, "to"))
        if let from, let to, from > to { throw Problem.invalid([("?from", "must not be after to")]) }
        let snapshot = try await snapshot(request)
        let asked = try await asked(request, snapshot.rules)
        guard gate.enter() else {
            throw Problem.unavailable("another backtest is being made; one at a time", seconds: 5)
        }
        defer { gate.leave() }
        let deadline = ContinuousClock.now + Self.limit
        var reports: [BacktestReport] = []
        for model in asked {
            do {
                let backtest = try await Backtest(
                    of: model, snapshot, identity: settings.identity, from: from, to: to, deadline: deadline)
                reports.append(try await backtest.run())
            } catch let error as BacktestError {
                if case .empty = error, request.parameter("model") == nil { continue }
                throw Problem(
                    .unprocessableContent, "The backtest cannot be made", detail: "\(error)",
                    members: [JSONNode.Member("model", .string(model.name))])
            }
        }
        return Answer.json { writer in
            writer.object { object in
                object.array("models") { array in
                    for report in reports { array.object { BacktestDocument.write(report, to: &$0) } }
                }
            }
        }
    }

    private func asked(_ request: Request, _ rules: RuleSet) async throws -> [Model] {
        guard let name = request.parameter("model") else {
            return await models.all.filter { !rules.groups(forModel: $0.name).isEmpty }
        }
        guard let model = try await models.model(named: name) else { throw Problem.unknown("model") }
        return [model]
    }

    /// What is in force, with the rules of the body in the place of those that are, and all silences.
    private func snapshot(_ request: Request) async throws -> ActiveSettings.Snapshot {
        var snapshot = settings.current
        let bytes = try await request.decodedBody(limit: 4 << 20)
        if !bytes.isEmpty { snapshot.rules = try RuleRoutes.rules(in: bytes) }
        snapshot.silences = try await store.silences(endingAfter: Time(microseconds: 0))
            .compactMap(SilenceDocument.silence)
        snapshot.externalLabels = []
        return snapshot
    }

    private static func time(_ request: Request, _ name: String) throws(Problem) -> Time? {
        guard let text = request.parameter(name) else { return nil }
        guard let time = Time(rfc3339: text) else {
            throw Problem.invalid([("?\(name)", "give an RFC 3339 time such as 2026-01-01T00:00:00Z")])
        }
        return time
    }
}
