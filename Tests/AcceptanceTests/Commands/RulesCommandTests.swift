import Foundation
import Testing

/// Exit codes and lines of `driftline rules`.
@Suite(.timeLimit(.minutes(5)))
struct RulesCommandTests {
    private let good = """
        groups:
          - name: drift
            rules:
              - alert: FeatureDrift
                expr: driftline_psi > 0.2
                labels: {severity: page}
        """

    private let bad = """
        groups:
          - name: drift
            rules:
              - alert: FeatureDrift
                expr: driftline_psi >
                for: 3x
        """

    private func tests(firingAt time: String) -> String {
        """
        rule_files: ['*.rules.yaml']
        evaluation_interval: 1m
        tests:
          - interval: 1m
            input_series:
              - {series: 'driftline_psi{model="m", feature="age"}', values: '0.1x4 0.3x5'}
            alert_rule_test:
              - eval_time: \(time)
                alertname: FeatureDrift
                exp_alerts: [{exp_labels: {model: m, feature: age, severity: page}}]
        """
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    @Test
    func `good rules are counted and end with 0`() async throws {
        try await TemporaryFolder.with { folder in
            try write(good, "\(folder)/a.yaml")
            let result = try DriftlineProcess.run(["rules", "check", folder])
            #expect(result.status == 0)
            #expect(result.output == "\(folder)/a.yaml: 1 rule\n")
        }
    }

    @Test
    func `every mistake has its place, and ends the command with 1`() async throws {
        try await TemporaryFolder.with { folder in
            try write(good, "\(folder)/a.yaml")
            try write(bad, "\(folder)/b.yaml")
            let result = try DriftlineProcess.run(["rules", "check", "\(folder)/a.yaml", "\(folder)/b.yaml"])
            #expect(result.status == 1)
            #expect(result.output.contains("\(folder)/b.yaml:5:"))
            #expect(result.output.contains("\(folder)/b.yaml:6:14: "))
            #expect(result.output.contains("2 mistakes in 2 files"))
        }
    }

    @Test(arguments: [["rules", "check", "/nowhere/rules.yaml"], ["rules", "test", "/nowhere/tests.yaml"]])
    func `a file that is not there is named in one line`(arguments: [String]) throws {
        let result = try DriftlineProcess.run(arguments)
        #expect(result.status == 1)
        #expect(
            result.output.hasSuffix(
                "/nowhere/\(arguments[1] == "check" ? "rules" : "tests").yaml "
                    + "cannot be read: does it exist, and may this user read it?\n"))
    }

    @Test(arguments: [("5m", Int32(0)), ("4m", Int32(1))])
    func `tests pass or fail as the rules do`(time: String, status: Int32) async throws {
        try await TemporaryFolder.with { folder in
            try write(good, "\(folder)/a.rules.yaml")
            try write(tests(firingAt: time), "\(folder)/tests.yaml")
            let result = try DriftlineProcess.run(["rules", "test", "\(folder)/tests.yaml"])
            #expect(result.status == status)
            #expect(result.output.contains("Unit Testing:  \(folder)/tests.yaml"))
            #expect(result.output.contains(status == 0 ? "  SUCCESS" : "  FAILED:"))
        }
    }

    @Test
    func `a test of rules that are not there fails`() async throws {
        try await TemporaryFolder.with { folder in
            try write(tests(firingAt: "5m"), "\(folder)/tests.yaml")
            let result = try DriftlineProcess.run(["rules", "test", "\(folder)/tests.yaml"])
            #expect(result.status == 1)
            #expect(result.output.contains("rule_files: no file is called *.rules.yaml"))
        }
    }
}
