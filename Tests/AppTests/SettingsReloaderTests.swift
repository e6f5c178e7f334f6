import Alerting
import App
import Foundation
import Integrations
import Logging
import Store
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(15)))
struct SettingsReloaderTests {
    private static let good = """
        groups:
          - name: g
            rules:
              - {alert: A, expr: 'driftline_predictions > 5'}
        """

    /// Runs the body with a reloader over a new folder.
    private static func with(
        _ body: (SettingsReloader, ActiveSettings, Counters, URL) async throws -> Void
    ) async throws {
        try await TestServerPool.with { pool in
            let folder = FileManager.default.temporaryDirectory.appending(path: "driftline-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { do { try FileManager.default.removeItem(at: folder) } catch {} }
            let active = ActiveSettings(identity: SenderIdentity(version: "test", externalURL: "http://driftline.test"))
            let counters = Counters()
            let files = SettingsFolder(
                rules: folder.path(), notifications: folder.path() + "/none.yaml",
                retraining: folder.path() + "/none.yaml")
            let reloader = SettingsReloader(
                folder: files, settings: active, store: Store(pool: pool), counters: counters,
                now: { ServiceFixture.start }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            try await body(reloader, active, counters, folder)
        }
    }

    private static func write(_ text: String, _ name: String, in folder: URL) throws {
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    @Test
    func `on any mistake the old rules stay in force, and the mistake is told with its place`() async throws {
        try await Self.with { reloader, active, counters, folder in
            try Self.write(Self.good, "a.yaml", in: folder)
            try await reloader.load()
            #expect(active.current.rules.ruleCount == 1)
            try Self.write(Self.good.replacing("> 5", with: ">> 5"), "a.yaml", in: folder)
            try Self.write(Self.good.replacing("name: g", with: "name: h"), "b.yaml", in: folder)
            let error = await #expect(throws: RuleFileError.self) { try await reloader.load() }
            #expect(error?.diagnostics.map(\.line) == [4])
            #expect(active.current.rules.ruleCount == 1)
            let page = counters.page(version: "test", isReady: true, windowBytes: 0, referenceBytes: 0)
            #expect(page.contains("driftline_last_reload_successful 0"))
        }
    }

    @Test
    func `a start with a mistake goes on with the rules of before, and a first one is refused`() async throws {
        try await Self.with { reloader, active, _, folder in
            try Self.write("groups: 7", "a.yaml", in: folder)
            await #expect(throws: RuleFileError.self) { try await reloader.loadAtStart() }
            try Self.write(Self.good, "a.yaml", in: folder)
            try await reloader.loadAtStart()
            try Self.write("groups: 7", "a.yaml", in: folder)
            active.replace { $0.rules = .empty }
            try await reloader.loadAtStart()
            #expect(active.current.rules.groups.map(\.name) == ["g"])
        }
    }
}
