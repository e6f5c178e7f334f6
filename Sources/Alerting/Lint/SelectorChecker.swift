import Monitoring
import Query
import Statistics

/// Finds selectors that choose nothing, or more than was probably meant.
struct SelectorChecker {
    let vocabulary: RuleVocabulary
    /// Whether the rule may read the service's own series.
    let readsService: Bool
    private(set) var findings: [LintFinding] = []

    init(_ vocabulary: RuleVocabulary, readsService: Bool) {
        self.vocabulary = vocabulary
        self.readsService = readsService
    }

    /// Checks every selector of an expression.
    mutating func check(_ expression: Expression) {
        for selector in expression.selectors {
            let isKnown = checkName(selector)
            checkContradictions(selector)
            if isKnown {
                checkLabels(selector)
                checkModels(selector)
            }
        }
        checkAbsent(expression.root, expression)
        checkSlices(expression.root, expression, isBound: false)
    }

    private mutating func add(_ lint: RuleLint, _ selector: VectorSelector, _ message: String) {
        findings.append(LintFinding(lint: lint, place: .expression(selector.position), message: message))
    }

    /// Says whether the selector is about models' series.
    private mutating func checkName(_ selector: VectorSelector) -> Bool {
        guard let name = selector.name else { return false }
        if vocabulary.series[name] != nil { return true }
        if vocabulary.recorded.contains(name) { return false }
        if vocabulary.ownSeries.contains(name) {
            if !readsService {
                add(.unknownSeries, selector, "\(name) is a series of the service itself; such rules live in self/")
            }
            return false
        }
        let known = Array(vocabulary.series.keys) + vocabulary.recorded + (readsService ? vocabulary.ownSeries : [])
        let nearest = NearestName.of(name, among: known.sorted())
        let advice = nearest.map { "; did you mean \($0)?" } ?? "; models' series begin with driftline_"
        // Other names may be recorded by rules elsewhere, or come from others; ours are all known.
        findings.append(
            LintFinding(
                lint: .unknownSeries, place: .expression(selector.position),
                message: "there is no series \(name)\(advice)",
                isMistake: name.hasPrefix(RuleVocabulary.prefix)))
        return false
    }

    private mutating func checkContradictions(_ selector: VectorSelector) {
        for (label, matchers) in Dictionary(grouping: selector.matchers, by: { ByteText($0.name) }).sorted(by: {
            $0.key < $1.key
        }) {
            let exact = matchers.filter { $0.operation == .equal }
            guard let first = exact.first, !matchers.allSatisfy({ $0.matches(value: first.value) }) else { continue }
            add(
                .contradiction, selector,
                "the conditions on \(label.string) exclude each other: "
                    + matchers.map(\.description).joined(separator: ", "))
        }
    }

    private mutating func checkLabels(_ selector: VectorSelector) {
        for matcher in selector.matchers where matcher.name != Labels.metricName {
            if !vocabulary.labels.contains(where: { $0.utf8.elementsEqual(matcher.name.utf8) }) {
                guard !matcher.matches(value: "") else { continue }
                let nearest = NearestName.of(matcher.name, among: vocabulary.labels)
                add(
                    .unknownLabel, selector,
                    "models' series have no label \(matcher.name)"
                        + (nearest.map { "; did you mean \($0)?" }
                            ?? "; they have \(vocabulary.labels.joined(separator: ", "))"))
            } else if matcher.name == "measure" {
                refuse(matcher, selector, "measure", vocabulary.measures)
            }
        }
    }

    /// Tells of an exact value that is none of those that there are.
    private mutating func refuse(
        _ matcher: LabelMatcher, _ selector: VectorSelector, _ what: String, _ known: [String]
    ) {
        guard matcher.operation == .equal, !matcher.value.isEmpty,
            !known.contains(where: { matcher.matches(value: $0) })
        else { return }
        let nearest = NearestName.of(matcher.value, among: known)
        add(
            .unknownValue, selector,
            "there is no \(what) \(matcher.value.quoted)" + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }

    private mutating func checkModels(_ selector: VectorSelector) {
        guard let all = vocabulary.models, !all.isEmpty else { return }
        for matcher in selector.matchers(on: "model") { refuse(matcher, selector, "model", all.map(\.name)) }
        let models = all.filter { model in
            selector.matchers(on: "model").allSatisfy { $0.matches(value: model.name) }
        }
        guard !models.isEmpty else { return }
        for matcher in selector.matchers(on: "feature") {
            refuse(matcher, selector, "feature", models.flatMap(\.features))
        }
        for matcher in selector.matchers(on: "reference") {
            refuse(matcher, selector, "reference", models.flatMap(\.references))
        }
        let windows = selector.matchers(on: "window")
        let lengths = Set(models.flatMap(\.windows).map(\.length.text))
        if !windows.isEmpty, !lengths.contains(where: { length in windows.allSatisfy { $0.matches(value: length) } }) {
            add(
                .unknownWindow, selector,
                "no model that this selects has such a window; there are \(lengths.sorted().joined(separator: ", "))")
        }
    }

    /// `absent` of a series that has a sample at every window's end.
    private mutating func checkAbsent(_ node: ExpressionNode, _ expression: Expression) {
        if case .call(let call) = node.kind, call.function == .absent || call.function == .absentOverTime,
            let argument = call.arguments.first, case .selector(let index) = argument.kind,
            let name = expression.selectors[index].name, vocabulary.series[name]?.isAlwaysThere ?? false
        {
            findings.append(
                LintFinding(
                    lint: .neverAbsent, place: .expression(node.position),
                    message:
                        "\(name) has a sample at every window's end, 0 where the window is empty; compare with == 0"))
        }
        for part in node.parts { checkAbsent(part, expression) }
    }

    /// Selectors that say nothing of segments or versions although nothing else ties them to the whole.
    private mutating func checkSlices(_ node: ExpressionNode, _ expression: Expression, isBound: Bool) {
        switch node.kind {
        case .selector(let index):
            guard !isBound, let name = expression.selectors[index].name, vocabulary.series[name] != nil else { return }
            noteSlices(expression.selectors[index])
        case .binary(let operation):
            checkSlices(operation.left, expression, isBound: isBound)
            // Where all labels must be equal, the left side decides.
            let labels = operation.matching.labels
            let names = ["segment", "version"]
            let ties =
                operation.matching.isOn ? names.allSatisfy(labels.contains) : !names.contains(where: labels.contains)
            checkSlices(operation.right, expression, isBound: isBound || ties && operation.operation != .or)
        case .aggregation(let aggregation):
            checkSlices(aggregation.operand, expression, isBound: isBound)
        default: for part in node.parts { checkSlices(part, expression, isBound: isBound) }
        }
    }

    private mutating func noteSlices(_ selector: VectorSelector) {
        let models = (vocabulary.models ?? []).filter { model in
            selector.matchers(on: "model").allSatisfy { $0.matches(value: model.name) }
        }
        let missing = [
            ("segment", models.contains(where: \.hasSegments)), ("version", models.contains(where: \.hasVersions)),
        ]
        .filter { $0.1 && selector.matchers(on: $0.0).isEmpty }.map { "\($0.0)=\"\"" }
        guard !missing.isEmpty else { return }
        add(
            .everySlice, selector,
            "every segment and version is judged by itself; write \(missing.joined(separator: ", ")) for all rows together"
        )
    }
}
