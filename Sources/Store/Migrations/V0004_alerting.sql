-- Active rules, routes and policies, as text; files replace what came from files.
CREATE TABLE rule_file (
    project int4 NOT NULL,
    source text NOT NULL CHECK (source IN ('file', 'api')),
    file text NOT NULL,
    content text NOT NULL,
    loaded_at timestamptz NOT NULL,
    PRIMARY KEY (project, source, file)
);
CREATE TABLE settings_file (
    project int4 NOT NULL,
    kind text NOT NULL CHECK (kind IN ('notifications', 'retraining')),
    content text NOT NULL,
    loaded_at timestamptz NOT NULL,
    PRIMARY KEY (project, kind)
);

CREATE TABLE lease (
    project int4 NOT NULL,
    name text NOT NULL,
    holder text NOT NULL,
    term int8 NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (project, name)
);

-- `rule` is source/file/group/alertname; `state` is the alert as JSON, the columns beside it are for reading.
CREATE TABLE alert (
    project int4 NOT NULL,
    model int4 NOT NULL,
    rule text NOT NULL,
    fingerprint text NOT NULL,
    alertname text NOT NULL,
    verdict text NOT NULL,
    health text NOT NULL,
    state json NOT NULL,
    updated_at timestamptz NOT NULL,
    acknowledged_at timestamptz,
    acknowledged_by text,
    PRIMARY KEY (project, model, rule, fingerprint)
);
CREATE INDEX alert_fingerprint ON alert (project, fingerprint);

CREATE TABLE alert_event (
    project int4 NOT NULL,
    model int4 NOT NULL,
    id int8 NOT NULL GENERATED ALWAYS AS IDENTITY,
    rule text NOT NULL,
    fingerprint text NOT NULL,
    slot timestamptz NOT NULL,
    from_verdict text NOT NULL,
    to_verdict text NOT NULL,
    health text NOT NULL,
    reason text NOT NULL,
    value float8,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (project, model, id)
);
CREATE INDEX alert_event_alert ON alert_event (project, model, fingerprint, id);

CREATE TABLE notification_group (
    project int4 NOT NULL,
    model int4 NOT NULL,
    receiver text NOT NULL,
    key text NOT NULL,
    state json NOT NULL,
    due_at timestamptz,
    PRIMARY KEY (project, model, receiver, key)
);

-- The outbox. See docs/delivery-states.md for the states.
CREATE TABLE delivery (
    project int4 NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    model int4 NOT NULL,
    destination text NOT NULL,
    channel text NOT NULL,
    stream text NOT NULL,
    sequence int8 NOT NULL,
    payload bytea NOT NULL,
    event_time timestamptz NOT NULL,
    replayed boolean NOT NULL,
    state text NOT NULL,
    attempts int4 NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    lease_until timestamptz,
    lease_holder text,
    last_status int4,
    last_error text,
    created_at timestamptz NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (project, id),
    UNIQUE (project, destination, channel, stream, sequence)
);
CREATE INDEX delivery_ready ON delivery (project, next_at) WHERE state = 'ready';

CREATE TABLE delivery_attempt (
    project int4 NOT NULL,
    delivery text NOT NULL,
    attempt int4 NOT NULL,
    at timestamptz NOT NULL,
    status int4,
    error text,
    excerpt text,
    PRIMARY KEY (project, delivery, attempt)
);

-- `document` is the run as JSON, the columns beside it are for reading. A model has one open run at most.
CREATE TABLE retraining_run (
    project int4 NOT NULL,
    id text NOT NULL,
    policy text NOT NULL,
    model int4 NOT NULL,
    state text NOT NULL,
    document json NOT NULL,
    event_time timestamptz NOT NULL,
    deadline timestamptz NOT NULL,
    token_digest bytea NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (project, id)
);
CREATE UNIQUE INDEX retraining_run_open ON retraining_run (project, model) WHERE state IN ('requested', 'running');
CREATE INDEX retraining_run_policy ON retraining_run (project, policy, event_time);
