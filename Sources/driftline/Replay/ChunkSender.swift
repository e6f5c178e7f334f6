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

    /// Runs the body, which hands chunks over and gets receipts back in their order, those of earlier ones; up to `width` chunks are on
    /// their way meanwhile. Returns the receipts that are left.
    func sending(
        _ width: Int, _ body: ((RowChunk) async throws -> [Receipt]) async throws -> Void
    ) async throws -> [Receipt] {
        try await withThrowingTaskGroup(of: (Int, Receipt).self) { group in
            var order = Order()
            var begun = 0
            try await body { chunk in
                guard !chunk.lines.isEmpty else { return [] }
                var receipts: [Receipt] = []
                while begun - order.passed >= width, let (place, receipt) = try await group.next() {
                    receipts += order.pass(receipt, from: place)
                }
                let place = begun
                begun += 1
                group.addTask { (place, (chunk, try await receipt(of: chunk))) }
                return receipts
            }
            var rest: [Receipt] = []
            for try await (place, receipt) in group { rest += order.pass(receipt, from: place) }
            return rest
        }
    }

    /// Receipts that wait for earlier ones.
    private struct Order {
        private var waiting: [Int: Receipt] = [:]
        private(set) var passed = 0

        /// Takes a receipt, and gives those whose turn it is.
        mutating func pass(_ receipt: Receipt, from place: Int) -> [Receipt] {
            waiting[place] = receipt
            var next: [Receipt] = []
            while let receipt = waiting.removeValue(forKey: passed) {
                next.append(receipt)
                passed += 1
            }
            return next
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
