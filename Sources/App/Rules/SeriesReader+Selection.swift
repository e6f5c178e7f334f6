import Monitoring
import Query
import Statistics

extension SeriesReader {
    /// The series of one model that a list of conditions chooses.
    ///
    /// A series' labels vary independently of each other, so each label is decided by itself and nothing is multiplied out
    /// before that.
    struct Selection: Sendable {
        /// A name with what its series can have of the labels `feature` and `reference`; nil where a label does not apply.
        struct Choice: Sendable {
            let name: SeriesName
            let columns: [ColumnName?]
            let references: [String?]
        }

        let model: String
        let windows: [WindowSpec]
        let slices: [Slice]
        let choices: [Choice]
        /// The declared combinations of features whose groups are compared.
        let combinations: [[ByteText]]

        init(_ matchers: [LabelMatcher], of subject: Subject) {
            let conditions = Conditions(matchers)
            model = subject.model
            guard conditions.allow(subject.model, for: "model"), conditions.allowAbsenceOfOthers else {
                windows = []
                slices = []
                choices = []
                combinations = []
                return
            }
            windows = subject.schema.windows.filter { conditions.allow($0.length.text, for: "window") }
            slices = Self.slices(subject.slices, conditions)
            choices = Self.choices(subject, conditions)
            combinations = subject.schema.segments
        }

        /// Whether nothing is chosen.
        var isEmpty: Bool { windows.isEmpty || slices.isEmpty || choices.isEmpty }

        /// How many series are chosen.
        var count: Int {
            windows.count * slices.count * choices.reduce(0) { $0 + $1.columns.count * $1.references.count }
        }

        private static func slices(_ names: SliceNames, _ conditions: Conditions) -> [Slice] {
            var slices: [Slice] = []
            let (noSegment, noVersion) = (conditions.allow("", for: "segment"), conditions.allow("", for: "version"))
            if noSegment, noVersion { slices.append(.pooled) }
            if noVersion {
                var segments = names.segments.sorted()
                if names.segments.count >= SliceNames.most { segments.append(Segment.other) }
                if names.versions.count >= SliceNames.most { segments.append(Segment.otherVersions) }
                slices += segments.filter { conditions.allow($0.string, for: "segment") }.map { Slice(segment: $0) }
            }
            if noSegment {
                slices += names.versions.sorted().filter { conditions.allow($0.string, for: "version") }
                    .map { Slice(version: $0) }
            }
            return slices
        }

        private static func choices(_ subject: Subject, _ conditions: Conditions) -> [Choice] {
            let layout = ColumnLayout(subject.schema)
            let numeric = layout.numericNames.filter {
                conditions.allow($0.address, for: "feature") && (!$0.isMultivariate || conditions.demandsFeature)
            }
            let categorical = layout.categoricalNames.filter { conditions.allow($0.address, for: "feature") }
            let references = subject.references.filter { conditions.allow($0, for: "reference") }
            let noFeature = conditions.allow("", for: "feature")
            let noReference = conditions.allow("", for: "reference")
            return SeriesName.all.compactMap { name in
                let measure = name.measure
                guard measure.isDefined(for: subject.schema.task), conditions.allow(name.text, for: Labels.metricName),
                    conditions.allow(name.measureLabel ?? "", for: "measure")
                else { return nil }
                if measure.scope == .fairness {
                    let columns = subject.schema.segments.map(SeriesReader.column).filter {
                        conditions.allow($0.address, for: "feature")
                    }
                    return columns.isEmpty || !noReference
                        ? nil : Choice(name: name, columns: columns, references: [nil])
                }
                var columns: [ColumnName?] = measure.scope.isPerFeature || !noFeature ? [] : [nil]
                if measure.scope.isPerFeature {
                    if measure.isDefined(for: .numeric) { columns += numeric }
                    if measure.isDefined(for: .categorical) { columns += categorical }
                }
                let compared = name.comparedReferences(references, allowsNone: noReference)
                guard !columns.isEmpty, !compared.isEmpty else { return nil }
                return Choice(name: name, columns: columns, references: compared)
            }
        }
    }

    /// Conditions by the label that they are about.
    private struct Conditions {
        private let matchers: [String: [LabelMatcher]]

        init(_ matchers: [LabelMatcher]) {
            self.matchers = Dictionary(grouping: matchers, by: \.name)
        }

        /// Whether a series must have the label `feature`.
        ///
        /// What is computed of all features together is chosen only then: a rule about every feature does not mean it.
        var demandsFeature: Bool { !allow("", for: "feature") }

        func allow(_ value: String, for label: String) -> Bool {
            matchers[label]?.allSatisfy { $0.matches(value: value) } ?? true
        }

        /// Whether the conditions on labels that no series has allow that.
        var allowAbsenceOfOthers: Bool {
            matchers.allSatisfy { label, list in
                SeriesReader.labelNames.contains(label) || list.allSatisfy { $0.matches(value: "") }
            }
        }
    }

    /// What stands for a combination of features in the label `feature`, such as `country` or `country,device`.
    static func column(of combination: [ByteText]) -> ColumnName {
        .feature(ByteText(WindowQuestion.text(of: combination)))
    }

    /// The names of all labels that series have, in their order.
    static let labelNames = [
        Labels.metricName, "feature", "measure", "model", "reference", "segment", "version", "window",
    ]
}
