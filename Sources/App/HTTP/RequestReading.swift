import Gzip
import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// How a request is read: its body under a limit, its media type, its parameters.
extension Request {
    /// The media type without parameters, in lower case; empty where there is none.
    var mediaType: String {
        guard let type = headers[.contentType] else { return "" }
        let essence = type.prefix { $0 != ";" }
        return essence.trimmingPrefix { $0 == " " }.lowercased().filter { $0 != " " }
    }

    /// The whole body, decoded, at most `limit` bytes of it.
    func decodedBody(limit: Int) async throws -> [UInt8] {
        if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
            throw Problem.tooLarge("send at most \(limit) bytes in one request")
        }
        var bytes: [UInt8] = []
        let share = BodyShare.current
        try await forEachChunk { chunk in
            guard bytes.count + chunk.readableBytes <= limit else {
                throw Problem.tooLarge("send at most \(limit) bytes in one request")
            }
            try share?.take(chunk.readableBytes, most: BodyShare.mostOfBody)
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        switch headers[.contentEncoding]?.lowercased() {
        case nil, "identity": return bytes
        case "gzip", "x-gzip":
            do throws(GzipError) {
                bytes = try Gzip.decompress(bytes, limit: limit)
            } catch {
                if case .tooLarge = error.kind {
                    throw Problem.tooLarge("send at most \(limit) decoded bytes in one request")
                }
                throw Problem.unreadable("\(error)")
            }
            try share?.take(bytes.count, most: BodyShare.mostOfBody)
            return bytes
        default: throw Problem.unsupportedCoding()
        }
    }

    /// Calls the body of the closure with each part of the request's body as it comes.
    /// - Throws: 400 where the body breaks off or its chunks are none, 408 where it comes too slowly.
    func forEachChunk(_ take: (ByteBuffer) throws -> Void) async throws {
        var received = 0
        var chunks = body.makeAsyncIterator()
        while true {
            let chunk: ByteBuffer?
            do {
                chunk = try await chunks.next()
            } catch let error as CancellationError {
                throw error
            } catch {
                throw Problem.brokenOff("the body breaks off, or its chunks are not what HTTP says")
            }
            guard let chunk else { return }
            received += chunk.readableBytes
            try BodyShare.current?.checkPace(received)
            try take(chunk)
        }
    }

    /// Calls the body of the closure with each part of the request's body as it comes, decoded: at most `limit` bytes of it, of which
    /// never more than a piece is held.
    /// - Throws: 413 beyond the limit, whatever the body says of its own length.
    func forEachDecodedChunk(limit: Int, _ take: ([UInt8]) throws -> Void) async throws {
        let tooLarge = Problem.tooLarge("send at most \(limit) decoded bytes in one request")
        switch headers[.contentEncoding]?.lowercased() {
        case nil, "identity":
            var total = 0
            try await forEachChunk { chunk in
                total += chunk.readableBytes
                guard total <= limit else { throw tooLarge }
                try take(Array(chunk.readableBytesView))
            }
        case "gzip", "x-gzip":
            do {
                var inflater = try GzipInflater(limit: limit)
                try await forEachChunk { chunk in
                    inflater.append(Array(chunk.readableBytesView))
                    while let piece = try inflater.next() { try take(piece) }
                }
                try inflater.finish()
            } catch let error as GzipError {
                if case .tooLarge = error.kind { throw tooLarge }
                throw Problem.unreadable("\(error)")
            }
        default: throw Problem.unsupportedCoding()
        }
    }

    /// The body as a JSON document.
    func document(limit: Int) async throws -> JSONNode {
        let bytes = try await decodedBody(limit: limit)
        do throws(JSONError) {
            return try JSONNode(parsing: bytes)
        } catch {
            throw Problem.unreadable("the body is not JSON: \(error)")
        }
    }

    /// The value of a query parameter, nil where it is absent or empty.
    func parameter(_ name: String) -> String? {
        guard let value = PrometheusRoutes.Form(query: uri.query ?? "")[name], !value.isEmpty else { return nil }
        return value
    }

    /// Refuses parameters that the route does not know, so that a typing error does not go unnoticed.
    func refuseParameters(except known: Set<String>) throws(Problem) {
        for entry in uri.queryParameters where !known.contains(String(entry.key)) {
            throw .parameter(
                String(entry.key),
                known.isEmpty
                    ? "this route has no parameters" : "this route knows \(known.sorted().joined(separator: ", "))")
        }
        for name in known.sorted() where uri.queryParameters[values: Substring(name)].count > 1 {
            throw .parameter(name, "is given twice; give it once")
        }
    }
}
