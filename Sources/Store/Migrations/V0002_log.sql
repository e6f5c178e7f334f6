-- The log. What is committed here is the truth; everything in V0003 can be folded again from it.

-- A writer slot commits serially. `position` numbers its groups, `checkpoint` is the last group that saved panes include.
CREATE TABLE writer_slot (
    project int4 NOT NULL,
    slot int4 NOT NULL,
    holder text NOT NULL,
    term int8 NOT NULL,
    expires_at timestamptz NOT NULL,
    position int8 NOT NULL DEFAULT 0,
    checkpoint int8 NOT NULL DEFAULT 0,
    PRIMARY KEY (project, slot)
);

-- Predictions and labels of an id meet in one row: `key` is a hash of the id, `record` what was decided about it so far.
CREATE TABLE identity (
    project int4 NOT NULL,
    model int4 NOT NULL,
    key bytea NOT NULL,
    newest_event timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    record bytea NOT NULL,
    PRIMARY KEY (project, model, key)
) WITH (fillfactor = 75);

CREATE TABLE prediction (
    project int4 NOT NULL,
    model int4 NOT NULL,
    event_time timestamptz NOT NULL,
    slot int4 NOT NULL,
    position int8 NOT NULL,
    arrived_at timestamptz NOT NULL,
    prediction_id text NOT NULL,
    model_version text NOT NULL,
    score float8,
    predicted_number float8,
    predicted_class text,
    numbers float8[] NOT NULL,
    categories text[] NOT NULL,
    type_errors int4[],
    segments text[],
    class_scores text,
    extras text
) PARTITION BY RANGE (event_time);
CREATE INDEX prediction_place ON prediction USING brin (position, event_time) WITH (pages_per_range = 16);

-- One row per change that a label makes to the outcomes of a prediction; sums of `sign` are the truth at any time.
CREATE TABLE outcome (
    project int4 NOT NULL,
    model int4 NOT NULL,
    event_time timestamptz NOT NULL,
    slot int4 NOT NULL,
    position int8 NOT NULL,
    arrived_at timestamptz NOT NULL,
    known_at timestamptz NOT NULL,
    sign int4 NOT NULL,
    is_replacement boolean NOT NULL,
    model_version text NOT NULL,
    segments text[],
    score float8,
    predicted_number float8,
    predicted_class text,
    actual_number float8,
    actual_class text
) PARTITION BY RANGE (event_time);
CREATE INDEX outcome_place ON outcome USING brin (position, event_time) WITH (pages_per_range = 16);
