import Alerting
import Hummingbird
import JSON
import Monitoring
import Query
import Store

/// Rules: shown, checked, and put in force over HTTP.
struct RuleRoutes {
    let models: ModelCatalog
    let settings: ActiveSettings
    let reloader: SettingsReloader
    let store: Store
    let now: @Sendable () -> Time

    func add(to router: Router<APIContext>) {
        router.get("v1/rules") { _, _ in list() }
        router.post("v1/rules/check") { request, _ in try await check(request) }
        router.get("v1/rules/:source/:file/:group") { _, context in try show(context) }
        router.put("v1/rules/:source/:file/:group") { request, context in try await put(request, context) }
        router.delete("v1/rules/:source/:file/:group") { _, context in try await delete(context) }
    }

    private func list() -> Response {
        Answer.json { writer in
            writer.object { object in
                object.array("groups") { array in
                    for group in settings.current.rules.groups { array.object { Self.write(group, to: &$0) } }
                }
            }
        }
    }

    private func check(_ request: Request) async throws -> Response {
        try request.refuseParameters(except: ["file"])
        let file = request.parameter("file") ?? "rules"
        let text = try await text(of: request)
        var vocabulary = await RuleVocabulary.current(models)
        for rule in settings.current.rules.groups.flatMap(\.rules) where rule.kind == .record {
            vocabulary.recorded.insert(rule.name)
        }
        var diagnostics: [RuleFileError.Diagnostic] = []
        var warnings: [RuleFileError.Diagnostic] = []
        do throws(RuleFileError) {
            let plain = try RuleFile(file: file, text: text)
            vocabulary.recorded.formUnion(plain.recordedNames)
            warnings = try RuleFile(file: file, text: text, vocabulary: vocabulary).warnings
        } catch {
            diagnostics = error.diagnostics
        }
        return Answer.node(
            .ok,
            [
                "valid": .bool(diagnostics.isEmpty), "errors": .array(diagnostics.map(Self.node)),
                "warnings": .array(warnings.map(Self.node)),
            ])
    }

    /// The rules of a body: a rule file in YAML or JSON, or several as `{"files": [{"name": "a.yaml", "content": "..."}]}`.
    static func rules(in bytes: [UInt8]) throws -> RuleSet {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem.unreadable("the body is not UTF-8")
        }
        var files = [(file: "rules", text: text)]
        if let list = AlertDocument.parsed(text)?["files"]?.elements {
            files = list.enumerated().map { index, node in
                (file: node["name"]?.string ?? "file \(index + 1)", text: node["content"]?.string ?? "")
            }
        }
        return try problem { () throws(RuleFileError) in RuleSet(try RuleFile.all(files)) }
    }

    private func show(_ context: APIContext) throws -> Response {
        let (file, group) = try place(context)
        guard let found = settings.current.rules.groups.first(where: { $0.file == file && $0.name == group }) else {
            throw Problem.unknown("rule group")
        }
        return Answer.json { writer in writer.object { Self.write(found, to: &$0) } }
    }

    /// A group over HTTP is a file of its own, so that files and HTTP never meet in one.
    private func put(_ request: Request, _ context: APIContext) async throws -> Response {
        let (file, group) = try ownPlace(context)
        let text = try await text(of: request)
        let own = StoredFile(source: "api", name: "\(file)/\(group)", content: text)
        let parsed = try Self.problem { () throws(RuleFileError) in try RuleFile(file: "api/\(own.name)", text: text) }
        guard parsed.groups.map(\.name) == [group] else {
            throw Problem.invalid([("/groups", "send one group, with the name of the path: \(group)")])
        }
        if settings.current.rules.groups.contains(where: { $0.file == "file/\(file)" && $0.name == group }) {
            throw Problem.conflict("the group \(group) comes from the file \(file); change it there")
        }
        try await replace(own.name, with: own)
        return Answer.json { writer in writer.object { Self.write(parsed.groups[0], to: &$0) } }
    }

    private func delete(_ context: APIContext) async throws -> Response {
        let (file, group) = try ownPlace(context)
        let name = "\(file)/\(group)"
        guard try await store.ruleFiles().contains(where: { $0.source == "api" && $0.name == name }) else {
            throw Problem.unknown("rule group")
        }
        try await replace(name, with: nil)
        return Answer.empty
    }

    private func replace(_ name: String, with file: StoredFile?) async throws {
        var files = try await store.ruleFiles().filter { $0.source == "api" && $0.name != name }
        if let file { files.append(file) }
        try await store.replaceRuleFiles(source: "api", with: files, at: now())
        try await reloader.loadStored()
    }

    private func place(_ context: APIContext) throws -> (file: String, group: String) {
        let source = try context.parameters.require("source")
        let file = try context.parameters.require("file")
        let group = try context.parameters.require("group")
        return source == "api" ? ("api/\(file)/\(group)", group) : ("\(source)/\(file)", group)
    }

    private func ownPlace(_ context: APIContext) throws -> (file: String, group: String) {
        guard try context.parameters.require("source") == "api" else {
            throw Problem.conflict("groups from files are changed in their files; over HTTP the source is api")
        }
        return (try context.parameters.require("file"), try context.parameters.require("group"))
    }

    private func text(of request: Request) async throws -> String {
        let bytes = try await request.decodedBody(limit: 1 << 20)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem.unreadable("the body is not UTF-8")
        }
        return text
    }

    private static func problem<Value>(_ body: () throws(RuleFileError) -> Value) throws(Problem) -> Value {
        do throws(RuleFileError) {
            return try body()
        } catch {
            throw Problem(
                .unprocessableContent, "The rules are not valid", detail: error.description,
                members: [JSONNode.Member("errors", .array(error.diagnostics.prefix(100).map(node)))])
        }
    }

    private static func node(_ diagnostic: RuleFileError.Diagnostic) -> JSONNode {
        var members: [JSONNode.Member] = [
            JSONNode.Member("file", .string(diagnostic.file)),
            JSONNode.Member("line", .integer(Int64(diagnostic.line))),
            JSONNode.Member("column", .integer(Int64(diagnostic.column))),
            JSONNode.Member("message", .string(diagnostic.message)),
        ]
        if let lint = diagnostic.lint { members.append(JSONNode.Member("kind", .string(lint.rawValue))) }
        return .object(members)
    }

    private static func write(_ group: RuleGroup, to object: inout JSONWriter) {
        let parts = group.file.split(separator: "/", maxSplits: 1)
        object.member("source", parts.first.map(String.init) ?? "")
        object.member("file", parts.last.map(String.init) ?? "")
        object.member("name", group.name)
        object.member("interval", group.interval.text)
        object.array("rules") { array in
            for rule in group.rules { array.object { write(rule, to: &$0) } }
        }
    }

    private static func write(_ rule: Rule, to object: inout JSONWriter) {
        object.member("name", rule.name)
        object.member("kind", rule.kind.rawValue)
        object.member("expr", rule.expression.text)
        object.member("for", rule.holdDuration.text)
        object.member("keep_firing_for", rule.keepFiringFor.text)
        object.object("labels") { labels in
            for label in rule.labels { labels.member(label.name, label.template.text) }
        }
        object.object("annotations") { labels in
            for label in rule.annotations { labels.member(label.name, label.template.text) }
        }
    }
}
