import Alerting
import JSON
import Monitoring
import Statistics

/// Reads portable profiles; whatever comes, it answers with a reference or with the place and the reason of a mistake.
struct ProfileReader {
    private let schema: ModelSchema

    private static let members = [
        "format", "format_version", "task", "residual_scale", "rows", "undeclared", "columns", "segments", "labelled",
        "weights", "outcomes", "extension", "content_hash",
    ]

    /// A reader for profiles of a model.
    init(schema: ModelSchema) {
        self.schema = schema
    }

    /// A document that cannot be read as JSON, within the limits of profiles.
    static func document(_ bytes: [UInt8]) throws(Problem) -> JSONNode {
        do throws(JSONError) {
            return try JSONNode(
                parsing: bytes, limits: JSONLimits(depth: 16, keys: 1000, stringBytes: ProfileFormat.mostBytes))
        } catch {
            throw .unreadable("the profile is not JSON: \(error)")
        }
    }

    /// The features that a profile speaks of, for a model that has none yet.
    static func declarations(_ document: JSONNode) throws(PartsError) -> [FeatureDeclaration] {
        var list: [FeatureDeclaration] = []
        for (index, column) in (document["columns"]?.elements ?? []).enumerated() {
            let object = ProfileObject(column, "/columns/\(index)")
            guard let name = ColumnName(address: try object.text("column")).featureName else { continue }
            let kind: FeatureType = try object.kind() == .numeric ? .numeric : .categorical
            list.append(FeatureDeclaration(name: name, kind: kind))
        }
        return list
    }

    /// The reference that a profile holds.
    func reference(_ document: JSONNode) throws(PartsError) -> Reference {
        let object = ProfileObject(document, "")
        try object.refuse(except: Self.members)
        guard try object.text("format") == ProfileFormat.name else {
            throw PartsError("/format", "give \(ProfileFormat.name)")
        }
        guard try object.count("format_version") == Int(ProfileFormat.version) else {
            throw PartsError("/format_version", "this service reads version \(ProfileFormat.version)")
        }
        guard try object.text("task") == schema.task.rawValue else {
            throw PartsError("/task", "the model's task is \(schema.task.rawValue)")
        }
        if let hash = document["content_hash"] {
            guard let text = hash.string, text.utf8.elementsEqual(ProfileFormat.hash(document).utf8) else {
                throw PartsError("/content_hash", "the content has another hash: it was changed or cut")
            }
        }
        if let bytes = document["extension"] { return try reference(ofExtension: bytes, document) }
        guard document["outcomes"] == nil else {
            throw PartsError("/outcomes", "outcomes come with the extension only; give labelled rows instead")
        }
        return try Reference(try profile(object), schema: schema)
    }

    /// The reference as Driftline itself wrote it, which must say the same as the document around it.
    private func reference(ofExtension node: JSONNode, _ document: JSONNode) throws(PartsError) -> Reference {
        let object = ProfileObject(node, "/extension")
        try object.refuse(except: ["encoding", "bytes"])
        guard try object.text("encoding") == "driftline-summary" else {
            throw PartsError("/extension/encoding", "give driftline-summary, or leave the extension out")
        }
        guard document["labelled"] == nil else {
            throw PartsError("/labelled", "labelled rows are part of the extension; leave one of both out")
        }
        guard let bytes = Base64.decoded(try object.text("bytes")) else {
            throw PartsError("/extension/bytes", "it is not base 64")
        }
        let reference: Reference
        do throws(CodecError) {
            reference = try Reference(decoding: bytes)
        } catch {
            throw PartsError("/extension/bytes", "\(error)")
        }
        if let contradiction = reference.contradictions.first {
            throw PartsError("/extension/bytes", "it contradicts itself: \(contradiction)")
        }
        let layout = ColumnLayout(schema)
        for name in reference.pane.numeric.keys where layout.kind(of: name) == .categorical {
            throw PartsError("/columns", "the column \(name.address) of the model holds texts")
        }
        for name in reference.pane.categorical.keys where layout.kind(of: name) == .numeric {
            throw PartsError("/columns", "the column \(name.address) of the model holds numbers")
        }
        for member in ProfileDocument.described(reference, task: schema.task)
        where document[member.name].map({ $0 != member.value }) ?? true {
            throw PartsError(
                "/" + member.name, "it says other than the extension; leave the extension out to change it")
        }
        return reference
    }

    private func profile(_ object: ProfileObject) throws(PartsError) -> ReferenceProfile {
        var profile = ReferenceProfile()
        if object.has("residual_scale") { profile.residualScale = try object.scale("residual_scale") }
        profile.pooled = try rows(object, isPooled: true)
        for segment in try object.objects("segments", most: 1000) {
            try segment.refuse(except: ["segment", "rows", "undeclared", "columns", "labelled", "weights"])
            profile.segments.append(
                (name: ByteText(try segment.text("segment")), rows: try rows(segment, isPooled: false)))
        }
        return profile
    }

    private func rows(_ object: ProfileObject, isPooled: Bool) throws(PartsError) -> ReferenceProfile.Rows {
        var rows = ReferenceProfile.Rows()
        rows.count = try object.count("rows")
        rows.undeclared = object.has("undeclared") ? try object.count("undeclared") : 0
        for column in try object.objects("columns", most: 20_000) {
            rows.columns.append(try self.column(column, isPooled: isPooled))
        }
        for row in try object.objects("labelled", most: ReferenceProfile.mostLabelled) {
            rows.labelled.append(try labelled(row))
        }
        if let weights = object.object("weights") { rows.weights = try self.weights(weights) }
        return rows
    }

    private func weights(_ object: ProfileObject) throws(PartsError) -> ReferenceProfile.Weights {
        try object.refuse(except: ["more", "less", "squares", "missing_squares"])
        var weights = ReferenceProfile.Weights()
        weights.squares = try object.wide("squares")
        weights.missingSquares = try object.columnSquares("missing_squares")
        if let more = object.object("more") { weights.more = try part(more) }
        if let less = object.object("less") { weights.less = try part(less) }
        return weights
    }

    private func part(_ object: ProfileObject) throws(PartsError) -> ReferenceProfile.Weights.Part {
        try object.refuse(except: ["rows", "columns"])
        var part = ReferenceProfile.Weights.Part()
        part.count = try object.count("rows")
        for column in try object.objects("columns", most: 20_000) {
            part.columns.append(try self.column(column, isPooled: false))
        }
        return part
    }

    private func column(_ object: ProfileObject, isPooled: Bool) throws(PartsError) -> ReferenceProfile.Column {
        let name = ColumnName(address: try object.text("column"))
        guard try object.kind() == .numeric else {
            try object.refuse(except: ["column", "kind", "missing", "type_errors", "categories", "hashed"])
            var parts = try object.categoricalParts()
            if name == .prediction { parts.categories = classes(parts.categories) }
            return ReferenceProfile.Column(name: name, grid: nil, content: .categorical(parts))
        }
        try object.refuse(
            except: [
                "column", "kind", "missing", "type_errors", "out_of_range", "minimum", "maximum", "open", "at", "sums",
                "squares", "unsummed",
            ] + (isPooled ? ["scale", "cut_points", "deciles"] : []))
        let grid = isPooled ? try object.grid() : nil
        return ReferenceProfile.Column(name: name, grid: grid, content: .numeric(try object.numericParts()))
    }

    /// Predicted classes by their canonical text.
    private func classes(_ categories: [(name: ByteText, count: Int)]) -> [(name: ByteText, count: Int)] {
        let rule = schema.classText
        var counts: [ByteText: Int] = [:]
        for category in categories { counts[rule.canonical(category.name), default: 0] += category.count }
        return counts.sorted { $0.key < $1.key }.map { (name: $0.key, count: $0.value) }
    }

    private func labelled(_ object: ProfileObject) throws(PartsError) -> ReferenceProfile.Labelled {
        try object.refuse(except: ["predicted", "score", "actual", "count", "weight"])
        let predicted = object.has("predicted") ? try outcome(object, "predicted") : .none
        let score = object.has("score") ? try object.number("score") : .nan
        let actual = try outcome(object, "actual")
        return ReferenceProfile.Labelled(
            predicted: predicted, score: score, actual: actual, count: try object.count("count"),
            weight: object.has("weight") ? try object.weight("weight") : .one)
    }

    /// A class as text, or the number of a regression.
    private func outcome(_ object: ProfileObject, _ name: String) throws(PartsError) -> Outcome {
        if schema.task == .regression { return .number(try object.number(name)) }
        let text = try object.text(name)
        guard schema.task.isClassification, (1...1024).contains(text.utf8.count), !text.utf8.contains(0) else {
            throw PartsError("\(object.place)/\(name)", "give the text of a class of the model")
        }
        return .category(schema.classText.canonical(ByteText(text)))
    }
}
