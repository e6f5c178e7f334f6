-- Stretches of event time whose rows were taken out of the log. Each slot folds what is left of its own rows there anew:
-- `folded_removals` says up to which removal it has.
CREATE TABLE removal (
    project int4 NOT NULL,
    number int8 NOT NULL,
    model int4 NOT NULL,
    from_time timestamptz NOT NULL,
    to_time timestamptz NOT NULL,
    removed_at timestamptz NOT NULL,
    rows int8 NOT NULL,
    PRIMARY KEY (project, number)
);
ALTER TABLE writer_slot ADD COLUMN folded_removals int8 NOT NULL DEFAULT 0;
