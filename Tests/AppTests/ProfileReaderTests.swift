import JSON
import Monitoring
import Statistics
import Testing

@testable import App

/// Profiles that are wrong: every one is answered, none is believed, none traps.
@Suite(.timeLimit(.minutes(15)))
struct ProfileReaderTests {
    private static func schema() throws -> ModelSchema {
        try WireSchema.schema(
            .binary, classes: ["0", "1"],
            features: [
                FeatureDeclaration(name: "x", kind: .numeric), FeatureDeclaration(name: "c", kind: .categorical),
            ])
    }

    private static func reference() throws -> Reference {
        var rows = ReferenceRows()
        rows.count = 60
        rows.numeric["x"] = (0..<60).map { $0 == 9 ? .nan : Double($0 * $0 % 37) / 3 }
        rows.categorical["c"] = CategoricalColumn((0..<60).map { $0 == 3 ? nil : ["u", "v", "w"][$0 % 3] })
        rows.scores = (0..<60).map { Double($0) / 60 }
        rows.classPredictions = CategoricalColumn((0..<60).map { $0 >= 30 ? "1" : "0" })
        rows.actualClasses = CategoricalColumn((0..<60).map { $0 % 4 == 0 ? nil : ($0 % 7 > 2 ? "1" : "0") })
        return Reference.freezing(rows, schema: try schema())
    }

    /// The document of the reference in the open alone.
    private static func open() throws -> JSONNode {
        let document = ProfileDocument.document(of: try reference(), task: .binary)
        let members = (document.members ?? []).filter { !["extension", "outcomes", "content_hash"].contains($0.name) }
        return .object(members)
    }

    @Test func `what is told in the open is enough for columns`() throws {
        let reference = try Self.reference()
        let read = try ProfileReader(schema: try Self.schema()).reference(try Self.open())
        #expect(read.pane.numeric.keys == reference.pane.numeric.keys)
        #expect(read.pane.numeric.values.map(\.parts) == reference.pane.numeric.values.map(\.parts))
        #expect(read.pane.categorical == reference.pane.categorical)
        // What is computed of other columns lies in the extension alone.
        for (column, grid) in reference.grids.numeric where !column.isDerived {
            #expect(read.grids.grid(of: column).cutPoints == grid.cutPoints)
            #expect(read.grids.grid(of: column).deciles == grid.deciles)
        }
        #expect(read.grids.categories == reference.grids.categories)
    }

    @Test(arguments: [
        ("format", "\"other\"", "/format"), ("format_version", "2", "/format_version"),
        ("task", "\"regression\"", "/task"), ("rows", "0", "/rows"), ("rows", "59", "/columns/0/missing"),
        ("rows", "1e300", "/rows"), ("undeclared", "61", "/undeclared"), ("unknown", "1", "/unknown"),
        ("columns", "[7]", "/columns/0/column"), ("columns", "{}", "/columns"),
        (
            "columns", "[{\"column\":\"z\",\"kind\":\"categorical\",\"missing\":60,\"categories\":[]}]",
            "/columns/0/column"
        ),
        ("columns", "[{\"column\":\"x\",\"kind\":\"text\"}]", "/columns/0/kind"),
        (
            "columns", "[{\"column\":\"x\",\"kind\":\"categorical\",\"missing\":60,\"categories\":[]}]",
            "/columns/0/kind"
        ),
        (
            "columns", "[{\"column\":\"c\",\"kind\":\"categorical\",\"categories\":[[\"u\",30],[\"u\",30]]}]",
            "/columns/0/categories/1"
        ),
        (
            "columns", "[{\"column\":\"c\",\"kind\":\"categorical\",\"categories\":[[\"u\",-1]]}]",
            "/columns/0/categories/0"
        ),
        (
            "columns",
            "[{\"column\":\"c\",\"kind\":\"categorical\",\"categories\":[],\"hashed\":[[4096,60]]}]",
            "/columns/0/hashed/0"
        ),
        ("segments", "[{\"segment\":\"c=u\",\"rows\":1,\"columns\":[]}]", "/segments/0/segment"),
        ("labelled", "[{\"actual\":\"1\",\"count\":61}]", "/labelled/0"),
        ("labelled", "[{\"actual\":\"1\",\"count\":9000000000000000000}]", "/labelled/0/count"),
        ("labelled", "[{\"actual\":1,\"count\":1}]", "/labelled/0/actual"),
        ("outcomes", "{}", "/outcomes"), ("extension", "{\"encoding\":\"zip\",\"bytes\":\"\"}", "/extension/encoding"),
        ("extension", "{\"encoding\":\"driftline-summary\",\"bytes\":\"AAAA\"}", "/extension/bytes"),
        ("content_hash", "\"sha256:00\"", "/content_hash"), ("residual_scale", "5000", "/residual_scale"),
    ])
    func `a member that cannot be so is refused with its place`(_ name: String, _ value: String, _ place: String) throws
    {
        var members = (try Self.open().members ?? []).filter { $0.name != name }
        members.append(JSONNode.Member(name, try JSONNode(parsing: value)))
        let reader = ProfileReader(schema: try Self.schema())
        let error = #expect(throws: PartsError.self) { try reader.reference(.object(members)) }
        #expect(error?.place == place, "\(error?.detail ?? "")")
    }

    @Test(arguments: [
        ("cut_points", "[3,2,1]", "/columns/1/cut_points"), ("deciles", "[1e9]", "/columns/1/cut_points"),
        ("open", "[]", "/columns/1/open"), ("at", "[1]", "/columns/1/at"), ("scale", "9999", "/columns/1/scale"),
        ("sums", "[]", "/columns/1/sums"), ("squares", "[\"1\",\"0\",\"0\"]", "/columns/1/squares"),
        ("squares", "[\"-1\",\"0\",\"0\"]", "/columns/1/squares"),
        ("squares", "[\"x\",\"0\",\"0\"]", "/columns/1/squares/0"),
        ("minimum", "null", "/columns/1/minimum"), ("minimum", "-5", "/columns/1/minimum"),
        ("maximum", "99", "/columns/1/maximum"), ("unsummed", "1", "/columns/1/unsummed"),
        ("type_errors", "2", "/columns/1/type_errors"), ("out_of_range", "60", "/columns/1/out_of_range"),
        ("missing", "-1", "/columns/1/missing"), ("extra", "1", "/columns/1/extra"),
    ])
    func `a numeric column that cannot be so is refused with its place`(
        _ name: String, _ value: String, _ place: String
    ) throws {
        let document = try Self.open()
        var columns = document["columns"]?.elements ?? []
        try #require(columns[1]["column"]?.string == "x")
        var members = (columns[1].members ?? []).filter { $0.name != name }
        members.append(JSONNode.Member(name, try JSONNode(parsing: value)))
        columns[1] = .object(members)
        var all = (document.members ?? []).filter { $0.name != "columns" }
        all.append(JSONNode.Member("columns", .array(columns)))
        let reader = ProfileReader(schema: try Self.schema())
        let error = #expect(throws: PartsError.self) { try reader.reference(.object(all)) }
        #expect(error?.place == place, "\(error?.detail ?? "")")
    }

    @Test(arguments: 0..<40)
    func `mutated profiles are refused or make a sound reference`(_ seed: Int) throws {
        let schema = try Self.schema()
        let reader = ProfileReader(schema: schema)
        let whole = ProfileDocument.document(of: try Self.reference(), task: .binary)
        let parts =
            seed % 4 == 0 ? (whole.members ?? []).filter { $0.name != "content_hash" } : try Self.open().members ?? []
        let base = JSONNode.object(parts)
        var random = SplitMix(seed: UInt64(seed))
        var accepted = 0
        for _ in 0..<100 {
            var mutated = base
            for _ in 0...(random.next() % 2) { mutated = Self.mutated(mutated, &random) }
            let reference: Reference
            do throws(PartsError) {
                reference = try reader.reference(mutated)
            } catch {
                #expect(!error.detail.isEmpty)
                continue
            }
            accepted += 1
            #expect(reference.contradictions.isEmpty)
            #expect(try Reference(decoding: reference.encoded()).encoded() == reference.encoded())
            Self.checkDrift(reference, schema)
        }
        #expect(accepted < 100)
    }

    private static func checkDrift(_ reference: Reference, _ schema: ModelSchema) {
        let summary = WindowSummary(
            window: Window(end: .epoch, length: .hours(1)), pane: reference.pane, schema: schema,
            grids: reference.grids, reference: reference.side())
        for column in [ColumnName.feature("x"), .feature("c"), .score, .prediction] {
            for measure in Measure.allCases where measure.scope.isPerFeature {
                let value = summary.value(of: measure, column: column) ?? 0
                #expect(value.isFinite, "\(measure) of \(column.address)")
            }
        }
    }

    /// The document with one value somewhere replaced, doubled or left out.
    private static func mutated(_ node: JSONNode, _ random: inout SplitMix) -> JSONNode {
        switch node {
        case .object(var members) where !members.isEmpty && random.next() % 8 != 0:
            let index = Int(random.next() % UInt64(members.count))
            if random.next() % 12 == 0 {
                members.remove(at: index)
            } else {
                members[index] = JSONNode.Member(members[index].name, mutated(members[index].value, &random))
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && random.next() % 8 != 0:
            let index = Int(random.next() % UInt64(elements.count))
            switch random.next() % 12 {
            case 0: elements.remove(at: index)
            case 1: elements.insert(elements[index], at: index)
            case 2: elements.swapAt(index, Int(random.next() % UInt64(elements.count)))
            default: elements[index] = mutated(elements[index], &random)
            }
            return .array(elements)
        default: return scalar(node, &random)
        }
    }

    private static let odd: [JSONNode] = [
        .null, .bool(true), .integer(0), .integer(1), .integer(-1), .integer(.max), .integer(.min), .integer(1 << 40),
        .number(0.5), .number(1e308), .number(Double.leastNonzeroMagnitude), .number(-1e300), .string(""), .string("1"),
        .string("u"),
        .string("170141183460469231731687303715884105727"), .string("-170141183460469231731687303715884105728"),
        .string("99999999999999999999999999"), .array([]), .object([]), .array([.string("u"), .integer(.max)]),
    ]

    private static func scalar(_ node: JSONNode, _ random: inout SplitMix) -> JSONNode {
        if random.next() % 3 != 0 {
            switch node {
            case .integer(let value): return .integer(value &+ Int64(random.next() % 5) &- 2)
            case .number(let value): return .number(value * (random.next() % 2 == 0 ? 1.0000001 : -1))
            case .string(let text):
                var bytes = Array(text.utf8)
                guard !bytes.isEmpty else { break }
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(ascii: "0") + UInt8(random.next() % 75)
                return .string(String(decoding: bytes, as: UTF8.self))
            default: break
            }
        }
        return odd[Int(random.next() % UInt64(odd.count))]
    }
}
