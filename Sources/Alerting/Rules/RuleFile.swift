/// A file of rule groups in Prometheus's format, read strictly.
///
/// What is accepted, `promtool check rules` of Prometheus 2.42 accepts too; expressions and templates are those of
/// `Query` and ``Template``.
package struct RuleFile: Sendable {
    /// How many rules a file may have.
    package static let ruleLimit = 10_000

    /// The file as the caller named it.
    package let file: String
    /// Its groups.
    package let groups: [RuleGroup]
    /// What works and is probably not meant.
    package let warnings: [RuleFileError.Diagnostic]

    /// Reads a file's YAML or JSON, or reports every mistake in it with line and column.
    ///
    /// With a vocabulary, what is probably not meant is among the warnings, and a series of ours that does not exist is a mistake.
    package init(file: String, text: String, vocabulary: RuleVocabulary? = nil) throws(RuleFileError) {
        var reader = RuleFileReader(yaml: YAMLReader(file: file, text: text))
        reader.checker = vocabulary.map(RuleChecker.init)
        groups = reader.groups()
        try reader.yaml.finish()
        self.file = file
        warnings = reader.warnings.sorted()
    }

    /// The names under which its rules record.
    package var recordedNames: Set<String> {
        Set(groups.flatMap(\.rules).filter { $0.kind == .record }.map(\.name))
    }

    /// Reads several files, or reports every mistake in all of them.
    package static func all(_ files: [(file: String, text: String)]) throws(RuleFileError) -> [RuleFile] {
        var read: [RuleFile] = []
        var diagnostics: [RuleFileError.Diagnostic] = []
        for (file, text) in files {
            do {
                read.append(try RuleFile(file: file, text: text))
            } catch {
                diagnostics.append(contentsOf: error.diagnostics)
            }
        }
        if !diagnostics.isEmpty { throw RuleFileError(diagnostics) }
        return read
    }
}
