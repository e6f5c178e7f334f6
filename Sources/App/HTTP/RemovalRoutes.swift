import Foundation
import Hummingbird
import JSON
import Monitoring
import Statistics
import Store

/// Rows that are taken out again: a bad upload with its statistics, a row or a person's rows without them.
struct RemovalRoutes {
    let models: ModelCatalog
    let gate: LogGate
    let peers: Peers
    let store: Store
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.delete("v1/models/:model/predictions") { request, context in try await remove(request, context) }
        router.delete("v1/models/:model/predictions/:prediction") { _, context in
            let model = try await context.model(in: models)
            guard let id = try context.parameters.require("prediction").removingPercentEncoding,
                try await erase(ByteText(id), of: model) != nil
            else { throw Problem.unknown("prediction") }
            return Answer.empty
        }
    }

    private func remove(_ request: Request, _ context: APIContext) async throws -> Response {
        try request.refuseParameters(except: ["from", "to", "subject_column", "value"])
        let model = try await context.model(in: models)
        if let column = request.parameter("subject_column") { return try await erase(column, request, model) }
        guard let from = request.parameter("from").flatMap({ Time(rfc3339: $0) }),
            let to = request.parameter("to").flatMap({ Time(rfc3339: $0) }), from < to
        else {
            throw Problem.invalid([
                ("?from", "give from and to, two times of which the first is earlier, or subject_column and value")
            ])
        }
        let rows = try await model.windows.remove(from: from, to: to, at: now(), gate: gate, peers: peers)
        return Answer.node(
            .ok,
            ["removed": .integer(Int64(rows)), "from": .string(from.rfc3339), "to": .string(to.rfc3339)])
    }

    /// Erases the rows of everybody who is called so.
    private func erase(_ column: String, _ request: Request, _ model: Model) async throws -> Response {
        guard let feature = model.schema.feature(named: ByteText(column)), feature.kind != .embedding else {
            throw Problem.invalid([("?subject_column", "is not a numeric or categorical feature of the model")])
        }
        guard let value = request.parameter("value") else {
            throw Problem.invalid([("?value", "give the value whose rows are to be erased")])
        }
        let number = Double(value)
        guard feature.kind != .numeric || number?.isFinite == true else {
            throw Problem.invalid([("?value", "is not a number, and the feature is numeric")])
        }
        let ids = try await store.ids(
            model: model.id, feature: (feature.kind == .numeric, feature.position), value: value, number: number)
        var rows = 0
        for id in ids { rows += try await erase(id, of: model) ?? 0 }
        return Answer.node(.ok, ["erased": .integer(Int64(rows)), "ids": .integer(Int64(ids.count))])
    }

    /// Erases the rows of an id; nil where it was never seen.
    private func erase(_ id: ByteText, of model: Model) async throws -> Int? {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end {
            switch try await store.erase(model: model.id, id: id, at: now()) {
            case .unknown: return nil
            case .erased(let rows): return rows
            case .unsaved:
                try await gate.saveAll()
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        throw Problem.unavailable("the row is not in the statistics yet; try again")
    }
}
