-- What requests with an `Idempotency-Key` were answered, written together with their rows. `key` is a hash of the key, `digest`
-- one of the request.
CREATE TABLE idempotency (
    project int4 NOT NULL,
    model int4 NOT NULL,
    key bytea NOT NULL,
    digest bytea NOT NULL,
    created_at timestamptz NOT NULL,
    status int4 NOT NULL,
    answer bytea NOT NULL,
    PRIMARY KEY (project, model, key)
);
CREATE INDEX idempotency_age ON idempotency (project, created_at);
