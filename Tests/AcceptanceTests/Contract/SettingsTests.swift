import Foundation
import Testing

extension AcceptanceSuite {
    /// What a service is started with.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct SettingsTests {
        @Test
        func `all mistakes in the settings are told at once, and nothing is started`() async throws {
            try await Service.withFolder { service in
                let config = "\(service.folder)/driftline.yaml"
                let text = """
                    colour: red
                    maximum_future_skew: soon
                    database_url: postgresql://driftline:very-secret-word@127.0.0.1:1/nowhere
                    """
                try Data(text.utf8).write(to: URL(filePath: config))
                let process = try service.launch(
                    ["--config", config, "--log-level", "shouting"], listen: "nowhere",
                    environment: ["DRIFTLINE_MAXIMUM_ROWS": "-3"])
                #expect(try await process.status(within: .seconds(15)) > 0)
                let log = service.log
                for part in ["listen:", "colour", "maximum_future_skew:", "maximum_rows:", "log_level:"] {
                    #expect(log.contains(part), "\(part) in \(log)")
                }
                #expect(!log.contains("very-secret-word"))
                #expect(!FileManager.default.fileExists(atPath: "\(service.folder)/data/postgres"))
            }
        }

        @Test(arguments: [
            (
                Service.Files(rules: "groups:\n  - name: g\n    rules:\n      - {alert: A, expr: driftline_psi >}\n"),
                "rules.yaml:4:"
            ),
            (Service.Files(notifications: "route: {receiver: nobody}\nreceivers: []\n"), "notifications.yaml:1:"),
            (Service.Files(retraining: "policies:\n  - name: p\n    colour: red\n"), "retraining.yaml:3:"),
        ])
        func `a mistake in a file of rules, receivers or policies ends the start and has its place`(
            files: Service.Files, place: String
        ) async throws {
            try await Service.withFolder(files) { service in
                let process = try service.launch()
                #expect(try await process.status(within: .seconds(30)) > 0)
                #expect(service.log.contains(place), "\(service.log.suffix(2000))")
            }
        }
    }
}
