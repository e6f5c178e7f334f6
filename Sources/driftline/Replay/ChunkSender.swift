import JSON

/// Sends chunks of a file to a model, a few at a time.
struct ChunkSender {
    let client: ServiceClient
    /// Where they go, with the query.
    let target: String

    /// What the service told of a chunk.
    typealias Receipt = (chunk: RowChunk, document: JSONNode)

    /// How many requests are on their way at a time where their order does not matter.
    static let width = 4

    /// Takes chunks and sends `width` of them at a time while the next is made; returns what became of them, in order.
    func sending(
        _ width: Int, _ body: ((RowChunk) async throws -> Void) async throws -> Void
    ) async throws -> [Receipt] {
        try await withThrowingTaskGroup(of: (Int, Receipt).self) { group in
            var receipts: [(Int, Receipt)] = []
            var number = 0
            try await body { chunk in
                guard !chunk.lines.isEmpty else { return }
                if number - receipts.count >= width, let receipt = try await group.next() { receipts.append(receipt) }
                let place = number
                number += 1
                group.addTask { (place, (chunk, try await receipt(of: chunk))) }
            }
            for try await receipt in group { receipts.append(receipt) }
            return receipts.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func receipt(of chunk: RowChunk) async throws -> JSONNode {
        let call = ServiceCall.csv("POST", target, chunk.body)
        let answer = try await client.answer(to: call)
        // 422 carries the receipt: the other rows are stored.
        guard answer.isSuccess || (answer.status == 422 && answer.document["accepted"] != nil) else {
            throw ServiceClient.refusal(of: call, answer)
        }
        return answer.document
    }
}
