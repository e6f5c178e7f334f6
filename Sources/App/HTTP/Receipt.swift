import HTTPTypes
import Hummingbird
import JSON
import Monitoring
import Store

/// The answer to a batch: what was accepted, known, rejected, and why.
struct Receipt: Sendable {
    var accepted = 0
    var duplicates = 0
    var late = 0
    var rejections: [RowRejection] = []
    var warnings: [RowWarning] = []
    /// Ids that were made for rows without one, in the order of the data rows; nil where all rows had ids.
    var predictionIDs: [String]?
    /// Labels only.
    var corrections: Int?
    /// Labels only.
    var pending: Int?

    private static let most = 100

    /// 200 when every row is stored, 422 when any was not.
    var answer: StoredAnswer {
        guard rejections.isEmpty else {
            let total = accepted + duplicates + rejections.count
            let problem = Problem(
                .unprocessableContent, "\(rejections.count) of \(total) rows were not stored",
                detail: "the other rows are stored and counted; correct these and send them again", members: members)
            return StoredAnswer(status: Int32(problem.status.code), body: problem.body)
        }
        var writer = JSONWriter()
        writer.value(.object(members))
        return StoredAnswer(status: 200, body: writer.bytes)
    }

    private var members: [JSONNode.Member] {
        var members: [JSONNode.Member] = [
            .init("accepted", .integer(Int64(accepted))), .init("duplicates", .integer(Int64(duplicates))),
            .init("rejected", .integer(Int64(rejections.count))), .init("late", .integer(Int64(late))),
        ]
        if let corrections { members.append(.init("corrections", .integer(Int64(corrections)))) }
        if let pending { members.append(.init("pending", .integer(Int64(pending)))) }
        let errors = rejections.sorted { $0.index < $1.index }.prefix(Self.most).map {
            Self.entry($0.index, $0.pointer, $0.detail)
        }
        members.append(.init("errors", .array(Array(errors))))
        let notes = warnings.sorted { $0.index < $1.index }.prefix(Self.most).map {
            Self.entry($0.index, $0.pointer, $0.detail)
        }
        members.append(.init("warnings", .array(Array(notes))))
        if let predictionIDs { members.append(.init("prediction_ids", .array(predictionIDs.map { .string($0) }))) }
        return members
    }

    private static func entry(_ index: Int, _ pointer: String, _ detail: String) -> JSONNode {
        ["index": .integer(Int64(index)), "pointer": .string(pointer), "detail": .string(detail)]
    }
}

extension StoredAnswer {
    /// The answer as it is sent, the first time and every time after.
    var response: Response {
        Answer.bytes(
            HTTPResponse.Status(code: Int(status)),
            type: status == 200 ? "application/json" : "application/problem+json", body)
    }
}
