package import Alerting
package import Monitoring
package import Postgres

/// An alert as it is stored: the columns to find it by, and its state as JSON.
package struct StoredAlert: Sendable {
    package let rule: String
    package let fingerprint: String
    package let alertname: String
    package let verdict: String
    package let health: String
    package let state: String

    package init(
        rule: String, fingerprint: String, alertname: String, verdict: String, health: String, state: String
    ) {
        self.rule = rule
        self.fingerprint = fingerprint
        self.alertname = alertname
        self.verdict = verdict
        self.health = health
        self.state = state
    }
}

/// An alert with its model and what people did to it.
package struct AlertRecord: Sendable {
    package let model: Int32
    package let modelName: String
    package let alert: StoredAlert
    package let updatedAt: Time
    package let acknowledgedAt: Time?
    package let acknowledgedBy: String?
}

/// One entry of an alert's history.
package struct AlertEvent: Sendable {
    package let rule: String
    package let fingerprint: String
    package let slot: Time
    package let from: String
    package let to: String
    package let health: String
    package let reason: String
    package let value: Double
    /// What the entry corrects, as JSON; nil for all other entries.
    package let correction: String?

    package init(
        rule: String, fingerprint: String, slot: Time, from: String, to: String, health: String, reason: String,
        value: Double, correction: String? = nil
    ) {
        self.rule = rule
        self.fingerprint = fingerprint
        self.slot = slot
        self.from = from
        self.to = to
        self.health = health
        self.reason = reason
        self.value = value
        self.correction = correction
    }
}

/// A group of alerts as it is stored.
package struct StoredGroup: Sendable {
    package let receiver: String
    package let key: String
    package let state: String
    package let dueAt: Time?

    package init(receiver: String, key: String, state: String, dueAt: Time?) {
        self.receiver = receiver
        self.key = key
        self.state = state
        self.dueAt = dueAt
    }
}

/// What judging a model at a slot came to: written all or nothing.
package struct EvaluationStep: Sendable {
    package let model: Int32
    package let evaluatedTo: Time
    package var alerts: [StoredAlert] = []
    package var removed: [(rule: String, fingerprint: String)] = []
    package var events: [AlertEvent] = []
    package var groups: [StoredGroup] = []
    package var deliveries: [Delivery] = []
    package var runs: [StoredRun] = []
    /// What the deliveries say, by their ids.
    package var notifications: [(delivery: String, notification: Notification)] = []
    /// Rules that could not be evaluated; not written.
    package var failures: [(rule: String, slot: Time, reason: String)] = []

    package init(model: Int32, evaluatedTo: Time) {
        self.model = model
        self.evaluatedTo = evaluatedTo
    }
}

/// Alerts, their history, and the groups in which they are told.
extension Store {
    private static let upsert = Statement(
        "alert.put",
        """
        INSERT INTO alert (project, model, rule, fingerprint, alertname, verdict, health, state, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (project, model, rule, fingerprint) DO UPDATE
            SET verdict = excluded.verdict, health = excluded.health, state = excluded.state,
                updated_at = excluded.updated_at,
                acknowledged_at = CASE WHEN excluded.verdict = 'firing' THEN alert.acknowledged_at END,
                acknowledged_by = CASE WHEN excluded.verdict = 'firing' THEN alert.acknowledged_by END
        """)

    private static let remove = Statement(
        "alert.remove", "DELETE FROM alert WHERE project = $1 AND model = $2 AND rule = $3 AND fingerprint = $4")

    private static let event = Statement(
        "alert.event",
        """
        INSERT INTO alert_event (project, model, rule, fingerprint, slot, from_verdict, to_verdict, health, reason, value,
            recorded_at, correction)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """)

    private static let group = Statement(
        "group.put",
        """
        INSERT INTO notification_group (project, model, receiver, key, state, due_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (project, model, receiver, key) DO UPDATE SET state = excluded.state, due_at = excluded.due_at
        """)

    private static let evaluated = Statement(
        "model.evaluated",
        "UPDATE model SET evaluated_to = greatest(evaluated_to, $3) WHERE project = $1 AND id = $2")

    /// Writes a step under the evaluator's lease: alerts, history, groups, deliveries and runs, all or nothing.
    package func commit(_ step: EvaluationStep, lease: Lease, at now: Time) async throws(PostgresError) {
        let head: [PostgresValue] = [.int32(project), .int32(step.model)]
        try await pool.withTransaction("evaluation.commit") { tx throws(PostgresError) in
            try await check(lease, tx)
            for alert in step.alerts {
                try await tx.execute(
                    Self.upsert,
                    head + [
                        .text(alert.rule), .text(alert.fingerprint), .text(alert.alertname), .text(alert.verdict),
                        .text(alert.health), .json(alert.state), .timestamp(now.timestamp),
                    ])
            }
            for alert in step.removed {
                try await tx.execute(Self.remove, head + [.text(alert.rule), .text(alert.fingerprint)])
            }
            for event in step.events {
                try await tx.execute(
                    Self.event,
                    head + [
                        .text(event.rule), .text(event.fingerprint), .timestamp(event.slot.timestamp),
                        .text(event.from), .text(event.to), .text(event.health), .text(event.reason),
                        .double(event.value.isNaN ? nil : event.value), .timestamp(now.timestamp),
                        .json(event.correction),
                    ])
            }
            for group in step.groups {
                try await tx.execute(
                    Self.group,
                    head + [
                        .text(group.receiver), .text(StoredKey.text(group.key)), .json(group.state),
                        .timestamp(group.dueAt?.timestamp),
                    ])
            }
            try await insert(step.deliveries, model: step.model, tx)
            try await insert(step.notifications, model: step.model, tx)
            for run in step.runs { try await insert(run, tx) }
            try await tx.execute(Self.evaluated, head + [.timestamp(step.evaluatedTo.timestamp)])
        }
    }

    /// Writes up to when rules of models were judged where they had nothing to do.
    package func noteEvaluated(
        _ times: [(model: Int32, time: Time)], lease: Lease
    ) async throws(PostgresError) {
        let project = project
        try await pool.withTransaction("evaluation.note") { tx throws(PostgresError) in
            try await check(lease, tx)
            try await tx.execute(
                Statement(
                    "model.evaluated.many",
                    """
                    UPDATE model m SET evaluated_to = greatest(m.evaluated_to, new.time)
                    FROM unnest($2::int4[], $3::timestamptz[]) AS new (model, time)
                    WHERE m.project = $1 AND m.id = new.model
                    """),
                [.int32(project), .array(times.map { $0.model }), .array(times.map { $0.time.timestamp })])
        }
    }

    private static func alert(_ row: borrowing Row, from column: Int) throws(PostgresError) -> StoredAlert {
        StoredAlert(
            rule: try row.string(column), fingerprint: try row.string(column + 1),
            alertname: try row.string(column + 2), verdict: try row.string(column + 3),
            health: try row.string(column + 4), state: try row.string(column + 5))
    }

    /// The alerts of a model, for the evaluator.
    package func alerts(model: Int32) async throws(PostgresError) -> [StoredAlert] {
        try await pool.query(
            Statement(
                "alert.load",
                """
                SELECT rule, fingerprint, alertname, verdict, health, state FROM alert
                WHERE project = $1 AND model = $2
                """), [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in try Self.alert(row, from: 0) }
    }

    /// Alerts for people, newest change first.
    package func alertRecords(
        verdict: String? = nil, model: String? = nil, fingerprint: String? = nil
    ) async throws(PostgresError) -> [AlertRecord] {
        try await pool.query(
            Statement(
                "alert.list",
                """
                SELECT a.model, coalesce(m.name, ''), a.rule, a.fingerprint, a.alertname, a.verdict, a.health, a.state, a.updated_at,
                    a.acknowledged_at, a.acknowledged_by
                FROM alert a LEFT JOIN model m ON m.project = a.project AND m.id = a.model
                WHERE a.project = $1 AND (a.model = 0 OR m.id IS NOT NULL)
                    AND ($2::text IS NULL OR a.verdict = $2) AND ($3::text IS NULL OR m.name = $3)
                    AND ($4::text IS NULL OR a.fingerprint = $4)
                ORDER BY a.updated_at DESC, a.rule, a.fingerprint LIMIT 10000
                """), [.int32(project), .text(verdict), .text(model), .text(fingerprint)]
        ) { row throws(PostgresError) in
            AlertRecord(
                model: try row.int32(0), modelName: try row.string(1), alert: try Self.alert(row, from: 2),
                updatedAt: try row.timestamp(8).time, acknowledgedAt: try row.timestampIfPresent(9)?.time,
                acknowledgedBy: try row.stringIfPresent(10))
        }
    }

    /// Notes that a person has seen an alert; false when it does not fire.
    package func acknowledge(fingerprint: String, by person: String, at now: Time) async throws(PostgresError) -> Bool {
        try await pool.execute(
            Statement(
                "alert.acknowledge",
                """
                UPDATE alert SET acknowledged_at = $3, acknowledged_by = $4
                WHERE project = $1 AND fingerprint = $2 AND verdict = 'firing'
                """), [.int32(project), .text(fingerprint), .timestamp(now.timestamp), .text(person)]) > 0
    }

    /// The groups of a model, for the evaluator.
    package func groups(model: Int32) async throws(PostgresError) -> [StoredGroup] {
        try await pool.query(
            Statement(
                "group.load",
                "SELECT receiver, key, state, due_at FROM notification_group WHERE project = $1 AND model = $2"),
            [.int32(project), .int32(model)]
        ) { row throws(PostgresError) in
            StoredGroup(
                receiver: try row.string(0), key: try row.string(1), state: try row.string(2),
                dueAt: try row.timestampIfPresent(3)?.time)
        }
    }
}
