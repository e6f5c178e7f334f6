import Monitoring
import Postgres
import Statistics
import Store
import Testing

/// What people see who read the log with SQL.
@Suite(.timeLimit(.minutes(15)))
struct ModelViewTests {
    private static func schema(_ features: [FeatureDeclaration], task: ModelSchema.Task = .binary) throws -> ModelSchema
    {
        var change = ModelSchemaChange()
        change.task = task
        change.features = features
        return try ModelSchema.creating(from: change)
    }

    private static func model(_ fixture: LogFixture) async throws -> StoredModel {
        try #require(try await fixture.store.models().first)
    }

    /// Text of one value for each row.
    private static func values(_ query: String, _ fixture: LogFixture) async throws -> [String?] {
        try await fixture.store.pool.query(Statement("test.view", query), []) { row throws(PostgresError) in
            try row.stringIfPresent(0)
        }
    }

    @Test func `features are columns under their own names, and null where they are null`() async throws {
        try await LogFixture.with { fixture in
            let schema = try Self.schema([
                FeatureDeclaration(name: "Amount \"in\" €", kind: .numeric),
                FeatureDeclaration(name: "score", kind: .categorical),
            ])
            try await fixture.store.putView(of: try await Self.model(fixture), schema: schema)
            _ = try await fixture.commit(fixture.predictions(["a"], x: 2.5), fixture.predictions(["b"], x: .nan))
            #expect(
                try await Self.values(
                    #"SELECT "Amount ""in"" €"::text FROM log_m ORDER BY prediction_id"#, fixture) == ["2.5", nil])
            #expect(try await Self.values(#"SELECT "features.score" FROM log_m"#, fixture) == ["u", "u"])
            #expect(try await Self.values("SELECT prediction FROM log_m", fixture) == ["1", "1"])
            #expect(try await Self.values("SELECT weight::text FROM log_m", fixture) == ["1", "1"])
        }
    }

    @Test func `a view follows its schema, and goes with its model`() async throws {
        try await LogFixture.with { fixture in
            let model = try await Self.model(fixture)
            try await fixture.store.putView(
                of: model, schema: try Self.schema([FeatureDeclaration(name: "x", kind: .numeric)]))
            _ = try await fixture.commit(fixture.predictions(["a"]))
            #expect(try await Self.values("SELECT x::text FROM log_m", fixture) == ["1"])
            let other = try Self.schema([FeatureDeclaration(name: "y", kind: .numeric)])
            try await fixture.store.putView(of: model, schema: other)
            try await fixture.store.putView(of: model, schema: other)
            #expect(try await Self.values("SELECT y::text FROM log_m", fixture) == ["1"])
            try await fixture.store.deleteModel(model.id, name: model.name)
            #expect(try await Self.values("SELECT to_regclass('log_m')::text", fixture) == [nil])
        }
    }

    @Test func `names that PostgreSQL would cut alike stay apart`() throws {
        let long = String(repeating: "ü", count: 60)
        let schema = try Self.schema([
            FeatureDeclaration(name: ByteText(long + "a"), kind: .numeric),
            FeatureDeclaration(name: ByteText(long + "b"), kind: .numeric),
            FeatureDeclaration(name: "caf\u{e9}", kind: .numeric),
            FeatureDeclaration(name: "cafe\u{301}", kind: .numeric),
        ])
        let view = ModelView(model: String(repeating: "m", count: 128), id: 1, project: 1, schema: schema)
        let columns = view.query.split(separator: " AS \"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(columns.map { ByteText(String($0)) }).count == columns.count)
        #expect(columns.allSatisfy { $0.utf8.count <= 63 })
        #expect(columns.contains("caf\u{e9}"))
        #expect(view.name.utf8.count == 63)
        #expect(
            view.name != ModelView(model: String(repeating: "m", count: 127), id: 1, project: 1, schema: schema).name)
    }
}
