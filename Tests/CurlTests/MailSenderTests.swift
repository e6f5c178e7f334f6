import Addresses
import Testing

@testable import Curl

@Suite(.timeLimit(.minutes(15)))
struct MailSenderTests {
    private static let loopback = AddressPolicy(ranges: [AddressRange("127.0.0.0/8")].compactMap { $0 }, hosts: [])

    private func mail(
        _ port: Int, host: String = "127.0.0.1", to recipients: [String] = ["c@d.example"],
        message: String = "Subject: x\r\n\r\n.dot\r\nbody\r\n"
    ) -> MailRequest {
        MailRequest(
            host: host, port: port, protection: .none, hello: "us.example", sender: "a@b.example",
            recipients: recipients, message: Array(message.utf8), timeout: .seconds(10))
    }

    @Test func `a mail is handed over whole, and the last reply comes back`() async throws {
        let server = MailServerScript()
        let sender = try HTTPSender()
        let reply = try await sender.send(
            mail(server.port, to: ["c@d.example", "e@f.example"]), policy: Self.loopback)
        await sender.close()
        #expect(reply.status == 250)
        let session = try #require(server.sessions.first)
        #expect(session.commands.first == "EHLO us.example")
        #expect(session.commands.contains { $0.hasPrefix("MAIL FROM:<a@b.example>") })
        #expect(session.commands.contains("RCPT TO:<c@d.example>"))
        #expect(session.commands.contains("RCPT TO:<e@f.example>"))
        // A line that begins with a dot gets another one, so that none ends the message.
        #expect(session.message == "Subject: x\r\n\r\n..dot\r\nbody")
    }

    @Test func `name and password are shown to the server`() async throws {
        let server = MailServerScript()
        let sender = try HTTPSender()
        var mail = mail(server.port)
        mail.user = "us"
        mail.password = "s\u{e9}cret %&'"
        #expect(try await sender.send(mail, policy: Self.loopback).status == 250)
        await sender.close()
        let said = server.sessions.first?.commands ?? []
        #expect(said.contains("AUTH PLAIN"))
        #expect(said.contains("AHVzAHPDqWNyZXQgJSYn"))
    }

    @Test(arguments: [
        ("MAIL", "451 later", 451), ("RCPT", "550 nobody here", 550), ("DATA", "554 no", 554),
        (".", "552 too large", 552),
        ("AUTH", "535 wrong", 535), ("RCPT", "421 going down", 421),
    ])
    func `a refusal comes back with its status`(step: String, reply: String, status: Int) async throws {
        let server = MailServerScript(replies: [step: reply])
        let sender = try HTTPSender()
        var mail = mail(server.port)
        mail.user = "us"
        mail.password = "pw"
        #expect(try await sender.send(mail, policy: Self.loopback).status == status)
        await sender.close()
    }

    @Test func `without STARTTLS nothing is sent where it is asked for`() async throws {
        let server = MailServerScript()
        let sender = try HTTPSender()
        var mail = mail(server.port)
        mail.protection = .upgraded
        mail.user = "us"
        mail.password = "pw"
        let error = await #expect(throws: TransportError.self) { try await sender.send(mail, policy: Self.loopback) }
        await sender.close()
        #expect(error?.kind == .tls)
        let said = server.sessions.flatMap(\.commands)
        #expect(!said.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
    }

    @Test(arguments: [("RCPT", "hang"), ("EHLO", "reset"), ("DATA", "reset"), (".", "hang")])
    func `a server that hangs or goes away is no answer`(step: String, reply: String) async throws {
        let server = MailServerScript(replies: [step: reply])
        let sender = try HTTPSender()
        var mail = mail(server.port)
        mail.timeout = .seconds(2)
        let error = await #expect(throws: TransportError.self) { try await sender.send(mail, policy: Self.loopback) }
        await sender.close()
        #expect([.timeout, .broken].contains(error?.kind))
    }

    @Test(arguments: ["127.0.0.1", "localhost", "0.0.0.0", "::1", "127.1", "2130706433"])
    func `a mail server on a forbidden address is never spoken to`(host: String) async throws {
        let server = MailServerScript()
        let sender = try HTTPSender()
        let error = await #expect(throws: TransportError.self) { try await sender.send(mail(server.port, host: host)) }
        await sender.close()
        #expect(error?.kind == .addressRefused)
        #expect(server.sessions.isEmpty)
    }

    @Test(arguments: [
        "a@b.example\r\nRCPT TO:<x@y>", "a b@c", "<a@b>", "a", "", "a@b\u{0}", "\u{e9}@b.example",
    ])
    func `an address that would break out of its command is refused`(address: String) async throws {
        let sender = try HTTPSender()
        let error = await #expect(throws: TransportError.self) {
            try await sender.send(mail(25, to: [address]), policy: Self.loopback)
        }
        await sender.close()
        #expect(error?.kind == .badRequest)
        #expect(error.map { "\($0)".contains("RCPT") } == false)
    }
}
