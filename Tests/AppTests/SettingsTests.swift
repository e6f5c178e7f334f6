import App
import Foundation
import Testing

struct SettingsTests {
    @Test func `flags win over environment over file`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "driftline-\(UUID().uuidString).yaml")
        try "listen: 127.0.0.1:1\ndata: /file\nrules: /file-rules\n".write(to: file, atomically: true, encoding: .utf8)
        defer { do { try FileManager.default.removeItem(at: file) } catch {} }
        let settings = try Settings.read(
            flags: ["listen": "127.0.0.1:3", "config": file.path()],
            environment: ["DRIFTLINE_LISTEN": "127.0.0.1:2", "DRIFTLINE_DATA": "/environment"])
        #expect(settings.listen == ListenAddress(host: "127.0.0.1", port: 3))
        #expect(settings.data == "/environment")
        #expect(settings.rules == "/file-rules")
        #expect(settings.notifications == "./notifications.yaml")
    }

    @Test func `all mistakes are told at once`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "driftline-\(UUID().uuidString).yaml")
        try "lissen: 127.0.0.1:1\n".write(to: file, atomically: true, encoding: .utf8)
        defer { do { try FileManager.default.removeItem(at: file) } catch {} }
        let error = #expect(throws: SettingsError.self) {
            try Settings.read(
                flags: ["listen": "nowhere", "config": file.path(), "maximum_rows": "-1"],
                environment: ["DRIFTLINE_LOG_LEVEL": "loud"])
        }
        #expect(error?.mistakes.count == 4)
        #expect(error?.description.contains("lissen") ?? false)
    }

    @Test func `a database address shows up in no error`() throws {
        let error = #expect(throws: SettingsError.self) {
            try Settings.read(
                flags: ["listen": "nowhere"], environment: ["DRIFTLINE_DATABASE_URL": "postgres://u:secret@host/db"])
        }
        #expect(!(error?.description.contains("secret") ?? true))
    }

    @Test(arguments: ["127.0.0.1:8080", "[::1]:80", "localhost:1"])
    func `loopback addresses are known as such`(text: String) {
        #expect(ListenAddress(text)?.isLoopback ?? false)
    }

    @Test(arguments: ["0.0.0.0:8080", "[::]:80", "example.org:1", "10.0.0.1:1"])
    func `other addresses are not loopback`(text: String) {
        #expect(ListenAddress(text)?.isLoopback == false)
    }
}
