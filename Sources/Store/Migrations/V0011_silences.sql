-- Orders to be quiet. `matchers` is a list of [name, operator, value]; an expired silence stays to be looked at.
CREATE TABLE silence (
    project int4 NOT NULL,
    id text NOT NULL,
    matchers json NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    created_by text NOT NULL,
    comment text NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (project, id)
);

-- Alerts that others posted. They run on the wall clock and are told beside our own.
CREATE TABLE external_alert (
    project int4 NOT NULL,
    fingerprint text NOT NULL,
    labels json NOT NULL,
    annotations json NOT NULL,
    generator_url text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (project, fingerprint)
);
