package import Monitoring
package import Postgres
package import Statistics

extension Store {
    // What is wanted is put in order, not what was found: a row is then locked while its page is at hand.
    private static let find = Statement(
        "identity.find",
        """
        SELECT i.model, i.key, i.record, i.ctid
        FROM (
            SELECT * FROM unnest($1::int4[], $2::int4[], $3::bytea[]) AS given (project, model, key) ORDER BY model, key
        ) AS wanted
        JOIN identity i ON i.project = wanted.project AND i.model = wanted.model AND i.key = wanted.key
        ORDER BY wanted.model, wanted.key
        FOR NO KEY UPDATE OF i
        """)

    /// Citus locks rows on several servers only by writing them.
    private static let lock = Statement(
        "identity.lock",
        """
        UPDATE identity SET changed_at = changed_at
        WHERE project = $1 AND model = ANY ($2::int4[]) AND key = ANY ($3::bytea[])
        RETURNING model, key, record, NULL
        """)

    /// Otherwise groups of several processes wait for each other, whatever their ids are. Those that meet in another order are
    /// told apart by Citus, and one is tried again.
    private static let together = Statement(
        "identity.together", "SET LOCAL citus.enable_deadlock_prevention = off")

    private static let change = Statement(
        "identity.change",
        """
        UPDATE identity i SET record = changed.record, newest_event = changed.newest_event, changed_at = $6
        FROM unnest($1::int4[], $2::int4[], $3::bytea[], $4::bytea[], $5::timestamptz[])
            AS changed (project, model, key, record, newest_event)
        WHERE i.project = changed.project AND i.model = changed.model AND i.key = changed.key
        """)

    // A row that this transaction has locked stays where it was found: the index need not be gone through once more.
    private static let changeInPlace = Statement(
        "identity.change.place",
        """
        UPDATE identity i SET record = changed.record, newest_event = changed.newest_event, changed_at = $4
        FROM unnest($1::tid[], $2::bytea[], $3::timestamptz[]) AS changed (place, record, newest_event)
        WHERE i.ctid = changed.place
        """)

    /// Reads and locks what is known about ids, in the order of their keys, so that two groups never wait for each other.
    func identityRecords(
        _ keys: [IdentityKey], _ tx: PostgresConnection
    ) async throws(PostgresError) -> [IdentityKey: IdentityRecord] {
        let stored = try await storedIdentities(keys, tx).map { ($0.key, $0.record) }
        return Dictionary(stored, uniquingKeysWith: { first, _ in first })
    }

    /// The same in the order of the keys.
    func storedIdentities(
        _ keys: [IdentityKey], _ tx: PostgresConnection
    ) async throws(PostgresError) -> [StoredIdentity] {
        guard !keys.isEmpty else { return [] }
        if layout == .distributed { try await tx.script(Self.together) }
        let places: [PostgresValue] = [.array(keys.map(\.model)), .array(keys.map(\.octets))]
        let isOneServer = layout == .oneServer
        return try await tx.query(
            isOneServer ? Self.find : Self.lock,
            [isOneServer ? .array(keys.map { _ in project }) : .int32(project)] + places
        ) { row throws(PostgresError) in try Self.identity(row) }
    }

    private static func identity(_ row: borrowing Row) throws(PostgresError) -> StoredIdentity {
        StoredIdentity(
            key: try IdentityKey(model: row.int32(0), octets: row.value(1)),
            record: try IdentityRecord(stored: row.bytes(2)), place: try row.valueIfPresent(3))
    }

    private static let claim = Statement(
        "identity.claim",
        """
        INSERT INTO identity AS known (project, model, key, newest_event, changed_at, record)
        SELECT $1, model, key, $4, $4, $5
        FROM unnest($2::int4[], $3::bytea[]) WITH ORDINALITY AS wanted (model, key, place) ORDER BY place
        ON CONFLICT (project, model, key) DO UPDATE SET changed_at = known.changed_at
        RETURNING model, key, record, NULL
        """)

    /// Makes the records of ids that have none, and reads and locks those that there are: in one step, so that it never meets
    /// a record that another process makes at the same time.
    ///
    /// Slower than ``identityRecords(_:_:)``, and only needed after such a meeting.
    func claimIdentities(
        _ keys: [IdentityKey], at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) -> [StoredIdentity] {
        guard !keys.isEmpty else { return [] }
        return try await tx.query(
            Self.claim,
            [
                .int32(project), .array(keys.map(\.model)), .array(keys.map(\.octets)), .timestamp(now.timestamp),
                .bytes(IdentityRecord().encoded()),
            ]
        ) { row throws(PostgresError) in try Self.identity(row) }
    }

    private static let look = Statement(
        "identity.look",
        """
        SELECT i.model, i.key, i.record
        FROM unnest($1::int4[], $2::int4[], $3::bytea[]) AS wanted (project, model, key)
        JOIN identity i ON i.project = wanted.project AND i.model = wanted.model AND i.key = wanted.key
        """)

    /// The labels that count for some ids, in their order; nil where there is none.
    package func labels(model: Int32, ids: [ByteText]) async throws(PostgresError) -> [IdentityRecord.Label?] {
        try await pool.withConnection { connection throws(PostgresError) in
            try await labels(model: model, ids: ids, on: connection)
        }
    }

    /// The same over a connection that is held already, so that no reader waits for a second one.
    func labels(
        model: Int32, ids: [ByteText], on connection: PostgresConnection
    ) async throws(PostgresError) -> [IdentityRecord.Label?] {
        let keys = ids.map { IdentityKey(model: model, id: $0) }
        var records: [IdentityKey: IdentityRecord] = [:]
        for chunk in keys.chunks(of: 10_000) {
            let found = try await connection.query(
                Self.look,
                [
                    .array(chunk.map { _ in project }), .array(chunk.map(\.model)),
                    .array(chunk.map(\.octets)),
                ]
            ) { row throws(PostgresError) in
                (try IdentityKey(model: row.int32(0), octets: row.value(1)), try IdentityRecord(stored: row.bytes(2)))
            }
            records.merge(found) { first, _ in first }
        }
        return keys.map { records[$0]?.currentLabel }
    }

    /// The records that a group made, as rows.
    ///
    /// Two processes that make the same record at once meet at the primary key: one of them fails with a unique violation
    /// and tries its whole group again, which then finds the record.
    func identityRows(_ ledger: IdentityLedger, at now: Time) -> LogCopy {
        let (inserted, project) = (ledger.inserted, project)
        let columns = ["project", "model", "key", "newest_event", "changed_at", "record"]
        let copy = TableCopy(into: "identity", columns: columns, count: inserted.count) { numbers, copy in
            for (key, record) in inserted[numbers] {
                copy.beginRow()
                copy.append(int32: project)
                copy.append(int32: key.model)
                copy.append(octets: key.octets)
                copy.append(timestamp: record.newestEvent.timestamp)
                copy.append(timestamp: now.timestamp)
                copy.append(bytes: record.encoded())
            }
        }
        return LogCopy(rows: copy, presumed: .uniqueViolation)
    }

    /// Writes records that are there already and that this transaction has locked.
    func change(
        _ updated: [StoredIdentity], at now: Time, _ tx: PostgresConnection
    ) async throws(PostgresError) {
        guard !updated.isEmpty else { return }
        let places = updated.compactMap(\.place)
        let contents: [PostgresValue] = [
            .array(updated.map { $0.record.encoded() }), .array(updated.map { $0.record.newestEvent.timestamp }),
            .timestamp(now.timestamp),
        ]
        if places.count == updated.count {
            try await tx.execute(Self.changeInPlace, [.array(places)] + contents)
        } else {
            let keys: [PostgresValue] = [
                .array(updated.map { _ in project }), .array(updated.map(\.key.model)),
                .array(updated.map(\.key.octets)),
            ]
            try await tx.execute(Self.change, keys + contents)
        }
    }
}

extension IdentityRecord {
    /// The newest event time of the id, or of its labels while the prediction is still to come: what retention goes by.
    var newestEvent: Time {
        versions.map(\.eventTime).max() ?? labels.last?.time ?? Time(microseconds: 0)
    }

    /// The record that stored bytes stand for.
    init(stored bytes: [UInt8]) throws(PostgresError) {
        do {
            self = try IdentityRecord(decoding: bytes)
        } catch {
            throw PostgresError(.decoding, statement: "identity.find", message: "a record cannot be read: \(error)")
        }
    }
}
