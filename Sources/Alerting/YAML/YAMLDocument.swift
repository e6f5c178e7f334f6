import Query
internal import Yams

/// The strict reading of one YAML document: what libyaml accepts, less what makes files hard to check.
enum YAMLDocument {
    /// The greatest accepted size in bytes.
    static let sizeLimit = 1 << 20
    /// How deep nodes may nest.
    static let depthLimit = 50
    /// Up to so many tokens that look like aliases are left to the parser, which tells them from text; beyond it the
    /// work of expanding them could explode before it can be refused.
    private static let aliasLimit = 16

    /// The root of the only document, or the first mistake. An empty text is an empty mapping.
    static func root(of text: String) throws(QueryError) -> YAMLNode {
        guard text.utf8.count <= sizeLimit else {
            throw QueryError("the file is larger than 1 MiB", at: .start)
        }
        try refuseManyAliases(text)
        do {
            let parser = try Parser(yaml: JSONSurrogates.combined(text), resolver: .basic, encoding: .utf8)
            guard let root = try parser.nextRoot() else {
                return YAMLNode(content: .mapping([]), position: .start)
            }
            let node = try convert(root, depth: 1)
            if let second = try parser.nextRoot() {
                throw QueryError("a file holds one YAML document; here begins another", at: position(second))
            }
            // Nodes hold their anchors weakly; the parser keeps them alive.
            return withExtendedLifetime(parser) { node }
        } catch let error as QueryError {
            throw error
        } catch let error as YamlError {
            throw mistake(error)
        } catch {
            throw QueryError("the file is not YAML: \(error)", at: .start)
        }
    }

    private static func convert(_ node: Node, depth: Int, isKey: Bool = false) throws(QueryError) -> YAMLNode {
        let position = position(node)
        guard depth <= depthLimit else {
            throw QueryError("nested deeper than \(depthLimit) levels", at: position)
        }
        guard node.anchor == nil else {
            throw QueryError("anchors and aliases (& and *) are not allowed; write the value out", at: position)
        }
        switch node {
        case .scalar(let scalar):
            // A plain value without a tag has none; a key's was resolved when duplicates were looked for.
            let usual = scalar.style == .plain && !isKey ? "" : "tag:yaml.org,2002:str"
            try refuseTag(scalar.tag, unless: usual, at: position)
            return YAMLNode(content: .scalar(scalar.string, style(scalar.style)), position: position)
        case .sequence(let sequence):
            try refuseTag(sequence.tag, unless: "tag:yaml.org,2002:seq", at: position)
            var members: [YAMLNode] = []
            for member in sequence { members.append(try convert(member, depth: depth + 1)) }
            return YAMLNode(content: .sequence(members), position: position)
        case .mapping(let mapping):
            try refuseTag(mapping.tag, unless: "tag:yaml.org,2002:map", at: position)
            var entries: [YAMLEntry] = []
            for (key, value) in mapping { entries.append(try entry(key, value, depth: depth)) }
            return YAMLNode(content: .mapping(entries), position: position)
        case .alias:
            throw QueryError("aliases (*) are not allowed; write the value out", at: position)
        }
    }

    private static func entry(_ key: Node, _ value: Node, depth: Int) throws(QueryError) -> YAMLEntry {
        let refusal = QueryError("a key must be a text", at: position(key))
        guard case .scalar = key else { throw refusal }
        let node = try convert(key, depth: depth + 1, isKey: true)
        guard case .scalar(let text, let style) = node.content else { throw refusal }
        if text == "<<", style == .plain {
            throw QueryError("merge keys (<<) are not allowed; write the keys out", at: node.position)
        }
        return YAMLEntry(key: text, keyPosition: node.position, value: try convert(value, depth: depth + 1))
    }

    private static func refuseTag(_ tag: Tag, unless usual: String, at position: SourcePosition) throws(QueryError) {
        guard tag.description.isEmpty || tag.description == usual else {
            throw QueryError("tags (!) are not allowed", at: position)
        }
    }

    private static func position(_ node: Node) -> SourcePosition {
        guard let mark = node.mark else { return .start }
        return SourcePosition(line: mark.line, column: mark.column)
    }

    private static func style(_ style: Node.Scalar.Style) -> YAMLScalarStyle {
        switch style {
        case .singleQuoted: .singleQuoted
        case .doubleQuoted: .doubleQuoted
        case .literal: .literal
        case .folded: .folded
        case .any, .plain: .plain
        }
    }

    /// Counts `*name` where a node may begin. Text can look like that too, hence the limit instead of a refusal.
    private static func refuseManyAliases(_ text: String) throws(QueryError) {
        var found = 0
        var canBegin = true
        var isStar = false
        var position = SourcePosition.start
        for scalar in text.unicodeScalars {
            if isStar, scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-"
            {
                found += 1
                guard found <= aliasLimit else {
                    throw QueryError("aliases (*) are not allowed; write the values out", at: position)
                }
            }
            isStar = canBegin && scalar == "*"
            if scalar == "\n" {
                position = SourcePosition(line: position.line + 1, column: 1)
                canBegin = true
            } else {
                position = SourcePosition(line: position.line, column: position.column + 1)
                let opens = ["[", "{", ",", ":", "-", "?"].contains(scalar)
                canBegin = opens || (canBegin && [" ", "\t", "\r"].contains(scalar))
            }
        }
    }

    private static func mistake(_ error: YamlError) -> QueryError {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // What does not end is best looked for where it begins.
            let mark = problem.hasSuffix("end of stream") ? context?.mark ?? mark : mark
            let place = SourcePosition(line: mark.line, column: mark.column)
            let prefix = context.map { "\($0.text), " } ?? ""
            return QueryError("the file is not YAML: \(prefix)\(problem)", at: place)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let place = SourcePosition(line: context.mark.line, column: context.mark.column)
            let keys = duplicates.map(\.quoted).joined(separator: ", ")
            return QueryError("the key \(keys) occurs twice in one mapping, first here", at: place)
        case .reader(let problem, _, _, _):
            return QueryError("the file is not YAML: \(problem)", at: .start)
        default:
            return QueryError("the file is not YAML or nests too deep", at: .start)
        }
    }
}
