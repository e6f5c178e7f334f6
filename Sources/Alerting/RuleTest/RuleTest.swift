import Monitoring
import Query

/// Runs the tests of a file against rules, as `promtool test rules` does.
package struct RuleTest: Sendable {
    private let file: RuleTestFile
    private let groups: [RuleGroup]
    private let isAsServed: Bool

    /// Tests of a file for rules of the files that it names.
    ///
    /// - Parameters:
    ///   - file: The tests.
    ///   - rules: The rule files that ``RuleTestFile/ruleFiles`` names, read by the caller.
    ///   - isAsServed: Whether gaps and failures keep alerts and groups are evaluated model by model, as in the
    ///     service; else the semantics are Prometheus's.
    package init(_ file: RuleTestFile, rules: [RuleFile], isAsServed: Bool = false) {
        self.file = file
        self.isAsServed = isAsServed
        // Groups without a place in the order come first, as in promtool.
        let order = Dictionary(file.groupOrder.enumerated().map { ($1, $0) }) { first, _ in first }
        let indexed = rules.flatMap(\.groups).enumerated()
        groups = indexed.sorted { first, second in
            let left = order[first.element.name] ?? 0
            let right = order[second.element.name] ?? 0
            return (left, first.offset) < (right, second.offset)
        }.map(\.element)
    }

    /// Everything that is not as expected; empty where all tests pass.
    package func run() -> [RuleTestFailure] {
        file.tests.flatMap(run)
    }

    private func run(_ test: RuleTestCase) -> [RuleTestFailure] {
        var run = RuleTestRun(test, groups: groups, isAsServed: isAsServed, subqueryStep: file.evaluationInterval)
        var failures: [RuleTestFailure] = []
        let interval = file.evaluationInterval
        var time = Time.epoch
        while time <= Time.epoch + test.end {
            let errors = run.evaluate(at: time)
            guard errors.isEmpty else {
                return failures + errors.map { failure($0, at: test.position, in: test) }
            }
            for expectation in test.expectations {
                let due = Time.epoch + expectation.time
                guard case .alerts(let name, let expected) = expectation.subject, due >= time, due < time + interval
                else {
                    continue
                }
                let found = run.firingAlerts(named: name)
                guard let difference = Self.difference(expected, found) else { continue }
                let message = "alert \(name) at \(expectation.time.text):\n\(difference)"
                failures.append(failure(message, at: expectation.position, in: test))
            }
            time = time + interval
        }
        return failures + expressionFailures(test, run.storage)
    }

    private func expressionFailures(_ test: RuleTestCase, _ storage: SeriesStorage) -> [RuleTestFailure] {
        test.expectations.compactMap { expectation in
            guard case .samples(let expression, let expected) = expectation.subject else { return nil }
            let time = Time.epoch + expectation.time
            let prefix = "\(expression) at \(expectation.time.text)"
            do {
                let value = try expression.evaluate(
                    at: time, series: storage.series(for: expression, at: time),
                    subqueryStep: file.evaluationInterval)
                guard let elements = value.elements else {
                    return failure(
                        "\(prefix): the result is neither a number nor an instant vector", at: expectation.position,
                        in: test)
                }
                let found = elements.map { Sample(labels: $0.labels, value: $0.value) }
                guard let difference = Self.difference(expected, found) else { return nil }
                return failure("\(prefix):\n\(difference)", at: expectation.position, in: test)
            } catch {
                return failure("\(prefix): \(error)", at: expectation.position, in: test)
            }
        }
    }

    private func failure(_ message: String, at position: SourcePosition, in test: RuleTestCase) -> RuleTestFailure {
        RuleTestFailure(file: file.file, position: position, test: test.name, message: message)
    }

    private static func difference(
        _ expected: [(labels: Labels, annotations: [Label])], _ found: [(labels: Labels, annotations: [Label])]
    ) -> String? {
        func lines(_ alerts: [(labels: Labels, annotations: [Label])]) -> [String] {
            alerts.map { alert in
                let annotations = alert.annotations.map { "\($0.name)=\($0.value.quoted)" }
                return annotations.isEmpty ? "\(alert.labels)" : "\(alert.labels) \(annotations.joined(separator: " "))"
            }.sorted()
        }
        let (wanted, got) = (lines(expected), lines(found))
        let areEqual = wanted.count == got.count && zip(wanted, got).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
        return areEqual ? nil : RuleTestDifference.text(expected: wanted, found: got)
    }

    /// Values are equal only if they are the same number; NaN never is, as in promtool.
    private static func difference(_ expected: [Sample], _ found: [Sample]) -> String? {
        let wanted = expected.sorted { $0.labels < $1.labels }
        let got = found.sorted { $0.labels < $1.labels }
        let areEqual =
            wanted.count == got.count
            && zip(wanted, got).allSatisfy { $0.labels == $1.labels && $0.value == $1.value }
        if areEqual { return nil }
        func lines(_ samples: [Sample]) -> [String] { samples.map { "\($0.labels) \(NumberText.general($0.value))" } }
        let hasNaN = wanted.contains(where: \.value.isNaN) ? "\n    (NaN equals nothing; test x != x instead)" : ""
        return RuleTestDifference.text(expected: lines(wanted), found: lines(got)) + hasNaN
    }
}
