-- Projects, models, references, and who may call the API.
CREATE TABLE project (
    id int4 PRIMARY KEY,
    name text NOT NULL UNIQUE
);
INSERT INTO project (id, name) VALUES (1, 'default');

-- `definition` is the model as the service understands it (features with their stable positions), `newest_event` the
-- greatest committed event time, `evaluated_to` the slot up to which rules were evaluated.
CREATE TABLE model (
    project int4 NOT NULL,
    id int4 NOT NULL GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    definition json NOT NULL,
    newest_event timestamptz,
    stated_watermark timestamptz,
    live_since timestamptz,
    evaluated_to timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (project, id),
    UNIQUE (project, name)
);

CREATE TABLE reference (
    project int4 NOT NULL,
    model int4 NOT NULL,
    name text NOT NULL,
    version int4 NOT NULL,
    effective_from timestamptz,
    row_count int8 NOT NULL,
    summary bytea NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (project, model, name, version)
);

CREATE TABLE api_key (
    project int4 NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    PRIMARY KEY (project, id)
);
CREATE UNIQUE INDEX api_key_digest ON api_key (digest);
