-- Any number of writer slots. `removals` rises when rows were taken out of the log again; a holder that does not know of it
-- can write neither rows nor panes.
ALTER TABLE writer_slot ADD COLUMN removals int8 NOT NULL DEFAULT 0;

-- The greatest event time that a slot logged of a model: a row of each slot, so that slots never wait for each other.
CREATE TABLE model_event (
    project int4 NOT NULL,
    model int4 NOT NULL,
    slot int4 NOT NULL,
    newest_event timestamptz NOT NULL,
    PRIMARY KEY (project, model, slot)
);
INSERT INTO model_event (project, model, slot, newest_event)
SELECT project, id, 0, newest_event FROM model WHERE newest_event IS NOT NULL;

-- What other processes must know of a model: `revision` rises when its definition, references or generations change, `names`
-- when categories or slices get names. `generations` is the last number given away.
ALTER TABLE model DROP COLUMN newest_event,
    ADD COLUMN revision int8 NOT NULL DEFAULT 0,
    ADD COLUMN names int8 NOT NULL DEFAULT 0,
    ADD COLUMN generations int4 NOT NULL DEFAULT 0;
UPDATE model m SET generations = coalesce(
    (SELECT max(number) FROM generation g WHERE g.project = m.project AND g.model = m.id), 0);

-- The position at which a pane was saved last, by which other processes find what changed.
ALTER TABLE pane ADD COLUMN position int8 NOT NULL DEFAULT 0;
CREATE INDEX pane_position ON pane (project, slot, position);

-- Who folds a generation that is not ready, the model's definition that comes into force with it, and when it was replaced.
ALTER TABLE generation
    ADD COLUMN maker_slot int4,
    ADD COLUMN maker_term int8,
    ADD COLUMN definition json,
    ADD COLUMN retired_at timestamptz;

-- A slot folds its rows after `position` into the generation itself; those before are folded by the generation's maker.
CREATE TABLE generation_slot (
    project int4 NOT NULL,
    model int4 NOT NULL,
    generation int4 NOT NULL,
    slot int4 NOT NULL,
    position int8 NOT NULL,
    PRIMARY KEY (project, model, generation, slot)
);

-- Rises when rules, routes or policies change.
CREATE TABLE settings_version (
    project int4 PRIMARY KEY,
    number int8 NOT NULL
);
INSERT INTO settings_version (project, number) SELECT id, 0 FROM project;
