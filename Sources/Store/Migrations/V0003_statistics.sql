-- Panes of different slots add up. `generation` says how a pane is counted.
CREATE TABLE pane (
    project int4 NOT NULL,
    model int4 NOT NULL,
    generation int4 NOT NULL,
    segment text NOT NULL,
    version text NOT NULL,
    start timestamptz NOT NULL,
    slot int4 NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (project, model, generation, segment, version, start, slot)
);
ALTER TABLE pane ALTER COLUMN content SET STORAGE EXTERNAL;

-- Categories that a reference did not have, by name up to a cap; `key` is a hash of the name.
CREATE TABLE category (
    project int4 NOT NULL,
    model int4 NOT NULL,
    feature text NOT NULL,
    key bytea NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (project, model, feature, key)
);

-- Segments and model versions that have slices of their own.
CREATE TABLE slice (
    project int4 NOT NULL,
    model int4 NOT NULL,
    segment text NOT NULL,
    version text NOT NULL,
    PRIMARY KEY (project, model, segment, version)
);

-- How a model's panes are counted: the width, and the training reference whose grid they use (0 for none). A generation that
-- is not ready is being folded from the log and is folded anew after a crash.
CREATE TABLE generation (
    project int4 NOT NULL,
    model int4 NOT NULL,
    number int4 NOT NULL,
    pane_width int8 NOT NULL,
    reference_version int4 NOT NULL,
    effective_from timestamptz,
    covers_from timestamptz,
    ready boolean NOT NULL,
    PRIMARY KEY (project, model, number)
);
