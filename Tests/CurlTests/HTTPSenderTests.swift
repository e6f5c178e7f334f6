import Addresses
import Synchronization
import Testing

@testable import Curl

@Suite(.timeLimit(.minutes(15)))
struct HTTPSenderTests {
    private static let loopback = AddressPolicy(ranges: [AddressRange("127.0.0.0/8")].compactMap { $0 }, hosts: [])
    private let sender: HTTPSender

    init() throws {
        sender = try HTTPSender()
    }

    private func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        try await sender.send(request, policy: Self.loopback)
    }

    private static let plainOK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    @Test func `method, headers and body arrive as they were given`() async throws {
        let server = LoopbackServer { $0.write(Self.plainOK) }
        let body = Array("{\"a\":1}\0tail".utf8)
        let request = HTTPRequest(
            method: "PUT", url: server.url + "/hook?x=1", headers: [.init("Webhook-Id", "a"), .init("Empty", "")],
            body: body)
        let response = try await send(request)
        #expect(response.status == 200)
        #expect(response.body == Array("ok".utf8))
        #expect(!response.isTruncated)
        let seen = try #require(server.requests.first)
        #expect(seen.head.hasPrefix("PUT /hook?x=1 HTTP/1.1\r\n"))
        #expect(seen.head.contains("\r\nWebhook-Id: a\r\n"))
        #expect(seen.head.contains("\r\nEmpty:\r\n"))
        #expect(seen.body == body)
    }

    @Test(arguments: ["GET", "POST", "DELETE", "HEAD", "PATCH"])
    func `nothing is sent that was not asked for`(method: String) async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 204 No Content\r\n\r\n") }
        #expect(try await send(HTTPRequest(method: method, url: server.url)).status == 204)
        let seen = try #require(server.requests.first)
        let names = seen.head.split(separator: "\r\n").dropFirst().map { $0.prefix { $0 != ":" }.lowercased() }
        let hasLength = ["POST", "PATCH"].contains(method)
        #expect(names.sorted() == (hasLength ? ["content-length", "host"] : ["host"]))
        #expect(seen.head.hasPrefix("\(method) / "))
    }

    @Test(arguments: [200, 201, 204, 301, 302, 307, 400, 404, 410, 429, 500, 503, 599])
    func `every status is an answer`(status: Int) async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 \(status) X\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n") }
        let response = try await send(HTTPRequest(url: server.url))
        #expect(response.status == status)
        #expect(response.header("retry-after") == "7")
    }

    @Test func `a redirect is not followed`() async throws {
        let target = LoopbackServer { $0.write(Self.plainOK) }
        let url = target.url
        let server = LoopbackServer { $0.write("HTTP/1.1 302 Found\r\nLocation: \(url)/\r\nContent-Length: 0\r\n\r\n") }
        #expect(try await send(HTTPRequest(url: server.url)).status == 302)
        #expect(target.connectionCount == 0)
    }

    @Test func `headers of an interim answer do not count`() async throws {
        let server = LoopbackServer {
            $0.write("HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nA:  b \r\nContent-Length: 0\r\n\r\n")
        }
        let response = try await send(HTTPRequest(url: server.url))
        #expect(response.headers == [.init("A", "b"), .init("Content-Length", "0")])
    }

    @Test func `a body without end is cut at the limit and the answer counts`() async throws {
        let server = LoopbackServer { exchange in
            exchange.write("HTTP/1.1 202 Accepted\r\nContent-Length: 100000000\r\n\r\n")
            for _ in 0..<1500 { exchange.write([UInt8](repeating: 0x61, count: 65_536)) }
        }
        let response = try await send(HTTPRequest(url: server.url))
        #expect(response.status == 202)
        #expect(response.body.count == 65_536)
        #expect(response.isTruncated)
    }

    @Test func `a body of exactly the limit is whole`() async throws {
        let server = LoopbackServer { $0.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345") }
        let response = try await send(HTTPRequest(url: server.url, bodyLimit: 5))
        #expect(response.body.count == 5)
        #expect(!response.isTruncated)
    }

    @Test func `headers without end are refused`() async throws {
        let server = LoopbackServer { exchange in
            exchange.write("HTTP/1.1 200 OK\r\n")
            for number in 0..<2000 { exchange.write("X-\(number): \(String(repeating: "y", count: 1000))\r\n") }
        }
        let error = await #expect(throws: TransportError.self) { try await send(HTTPRequest(url: server.url)) }
        #expect(error?.kind == .tooLarge)
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "SSH-2.0-OpenSSH_9\r\n", "\0\0\0\0\0\0\0\0\0",
    ])
    func `an answer that is not whole is broken`(answer: String) async throws {
        let server = LoopbackServer { $0.write(answer) }
        let error = await #expect(throws: TransportError.self) { try await send(HTTPRequest(url: server.url)) }
        #expect(error?.kind == .broken)
    }

    @Test func `a reset connection is broken`() async throws {
        let server = LoopbackServer { $0.reset() }
        let error = await #expect(throws: TransportError.self) { try await send(HTTPRequest(url: server.url)) }
        #expect(error?.kind == .broken)
    }

    @Test func `a server that does not answer runs into the time limit`() async throws {
        let server = LoopbackServer { $0.waitForEnd() }
        let request = HTTPRequest(url: server.url, timeout: .milliseconds(50))
        let error = await #expect(throws: TransportError.self) { try await send(request) }
        #expect(error?.kind == .timeout)
    }

    @Test func `a server that drips its answer runs into the time limit`() async throws {
        let server = LoopbackServer { exchange in
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n12")
            exchange.waitForEnd()
        }
        let request = HTTPRequest(url: server.url, timeout: .milliseconds(100))
        let error = await #expect(throws: TransportError.self) { try await send(request) }
        #expect(error?.kind == .timeout)
    }

    @Test func `a closed port is a failed connection`() async throws {
        // Port 2 (compressnet) is below those that anyone may open.
        let request = HTTPRequest(url: "http://127.0.0.1:2/")
        let error = await #expect(throws: TransportError.self) { try await send(request) }
        #expect(error?.kind == .connect)
    }

    @Test func `a name without an address does not resolve`() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await send(HTTPRequest(url: "http://nowhere.invalid/secret-path?token=abc"))
        }
        #expect(error?.kind == .resolve)
        #expect(error?.host == "nowhere.invalid")
    }

    @Test func `cancelling the task ends the transfer`() async throws {
        let (reached, reach) = AsyncStream<Void>.makeStream()
        let (ended, end) = AsyncStream<Void>.makeStream()
        let server = LoopbackServer { exchange in
            reach.yield()
            exchange.waitForEnd()
            end.yield()
        }
        let url = server.url
        let sender = sender
        let result = await withTaskGroup(of: Result<HTTPResponse, TransportError>.self) { group in
            group.addTask {
                do throws(TransportError) {
                    return .success(try await sender.send(HTTPRequest(url: url), policy: Self.loopback))
                } catch { return .failure(error) }
            }
            for await _ in reached { break }
            group.cancelAll()
            return await group.next()
        }
        for await _ in ended { break }
        guard case .failure(let error) = result else {
            Issue.record("a cancelled request was answered")
            return
        }
        #expect(error.kind == .cancelled)
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        let server = LoopbackServer { $0.write(Self.plainOK) }
        let url = server.url
        let sender = sender
        let kind = await withTaskGroup(of: TransportError.Kind?.self) { group in
            group.cancelAll()
            group.addTask {
                do throws(TransportError) {
                    _ = try await sender.send(HTTPRequest(url: url), policy: Self.loopback)
                    return nil
                } catch { return error.kind }
            }
            return await group.next() ?? nil
        }
        #expect(kind == .cancelled)
        #expect(server.connectionCount == 0)
    }

    @Test func `slow answers do not wait for one another`() async throws {
        // Every request is answered only when all have arrived.
        let count = 40
        let arrived = Mutex(0)
        let everybody = ThreadGate(count)
        let server = LoopbackServer { exchange in
            arrived.withLock { $0 += 1 }
            everybody.arriveAndWait()
            exchange.write(Self.plainOK)
        }
        let url = server.url
        let sender = sender
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<count {
                group.addTask { try await sender.send(HTTPRequest(url: url), policy: Self.loopback).status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 200, count: count))
    }

    @Test func `no more than the limit are on their way at once`() async throws {
        let now = Mutex((current: 0, most: 0))
        let server = LoopbackServer { exchange in
            now.withLock { now in
                now.current += 1
                now.most = max(now.most, now.current)
            }
            now.withLock { $0.current -= 1 }
            exchange.write(Self.plainOK)
        }
        let few = try HTTPSender(limit: 2)
        let url = server.url
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask { try await few.send(HTTPRequest(url: url), policy: Self.loopback).status }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 50 * 200)
        #expect(now.withLock { $0.most } <= 2)
        await few.close()
    }

    @Test func `closing ends what is on its way and what comes later`() async throws {
        let (reached, reach) = AsyncStream<Void>.makeStream()
        let server = LoopbackServer { exchange in
            reach.yield()
            exchange.waitForEnd()
        }
        let sender = try HTTPSender()
        let url = server.url
        let kind = await withTaskGroup(of: TransportError.Kind?.self) { group in
            group.addTask {
                do throws(TransportError) {
                    _ = try await sender.send(HTTPRequest(url: url), policy: Self.loopback)
                    return nil
                } catch { return error.kind }
            }
            for await _ in reached { break }
            await sender.close()
            return await group.next() ?? nil
        }
        #expect(kind == .closed)
        let late = await #expect(throws: TransportError.self) {
            try await sender.send(HTTPRequest(url: url), policy: Self.loopback)
        }
        #expect(late?.kind == .closed)
        await sender.close()
    }

    @Test(arguments: ["PO ST", "", "GET\r\nX: y", "GÉT", "A\0"])
    func `a method that is no word is refused`(method: String) async throws {
        let error = await #expect(throws: TransportError.self) {
            try await send(HTTPRequest(method: method, url: "http://127.0.0.1:8000/"))
        }
        #expect(error?.kind == .badRequest)
    }

    @Test(arguments: [
        ("X", "a\r\nInjected: yes"), ("X", "a\nb"), ("X", "a\rb"), ("X", "a\0b"), ("X\r\nY", "a"), ("X Y", "a"),
        ("", "a"),
        ("X:", "a"), ("É", "a"), ("X", "\u{7f}"),
    ])
    func `a header that would break out is refused`(name: String, value: String) async throws {
        let request = HTTPRequest(url: "http://127.0.0.1:8000/", headers: [.init(name, value)])
        let error = await #expect(throws: TransportError.self) { try await send(request) }
        #expect(error?.kind == .badRequest)
    }

    @Test func `an error names the host and nothing else of the URL`() async throws {
        let server = LoopbackServer { $0.reset() }
        let request = HTTPRequest(
            url: server.url + "/services/T000/SECRET?key=SECRET", headers: [.init("Authorization", "Bearer SECRET")],
            body: Array("SECRET".utf8))
        let error = await #expect(throws: TransportError.self) { try await send(request) }
        #expect(error?.host == "127.0.0.1")
        #expect(error?.description.contains("SECRET") == false)
    }
}
