import Monitoring
import Statistics

/// A column of classes as canonical text; each spelling is looked at once.
struct ClassColumn {
    private let rule: ClassText
    private let declared: Set<ByteText>
    private var spellings = TextTable()
    /// By the place of a spelling: the place of its class, or -1 for one that is not declared.
    private var classes: [Int32] = []
    private var canonical = TextTable()
    private(set) var codes: [Int32] = []

    init(_ schema: ModelSchema) {
        rule = schema.classText
        declared = Set(schema.classes)
    }

    /// The code of a spelling.
    mutating func code(of text: Span<UInt8>, pointer: String) throws(RowFault) -> Int32 {
        guard let code = try codeIfDeclared(of: text, pointer: pointer) else {
            throw RowFault(pointer, "not one of the declared classes")
        }
        return code
    }

    /// The code of a spelling; nil for one of a class that is not declared.
    mutating func codeIfDeclared(of text: Span<UInt8>, pointer: String) throws(RowFault) -> Int32? {
        if text.isEmpty { throw RowFault(pointer, "a class must not be the empty text") }
        guard let spelling = spellings.insert(text) else { throw RowFault.unstorable(pointer) }
        if spelling == classes.count {
            let name = rule.canonical(spellings.texts[spelling])
            let isKnown = declared.isEmpty || declared.contains(name)
            classes.append(isKnown ? Int32(clamping: canonical.insert(name.utf8.span) ?? -1) : -1)
        }
        let code = classes[spelling]
        return code < 0 ? nil : code
    }

    mutating func append(_ code: Int32) {
        codes.append(code)
    }

    /// The text of a code.
    func text(_ code: Int32) -> ByteText {
        canonical.texts[Int(code)]
    }

    /// The column with its dictionary.
    var column: CategoricalColumn { CategoricalColumn(codes: codes, values: canonical.texts) }
}
