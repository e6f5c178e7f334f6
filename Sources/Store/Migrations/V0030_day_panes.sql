-- With its position it tells every saved content of a pane from all others. A slot saves one checkpoint after the other, so
-- that what it saves later has the greater numbers.
CREATE SEQUENCE pane_stamp AS int8;
ALTER TABLE pane ADD COLUMN stamp int8 NOT NULL DEFAULT 0;
ALTER TABLE pane ALTER COLUMN stamp SET DEFAULT nextval('pane_stamp');

-- What a slot's panes of a day add up to, made from `parts` panes whose stamps and positions have the sum `stamps`: it holds
-- while these are still the slot's panes of that day. Once it stands `alone` they are gone, and whatever panes the day has are
-- added to it.
CREATE TABLE day_pane (
    project int4 NOT NULL,
    model int4 NOT NULL,
    generation int4 NOT NULL,
    segment text NOT NULL,
    version text NOT NULL,
    start timestamptz NOT NULL,
    slot int4 NOT NULL,
    content bytea NOT NULL,
    predictions int8 NOT NULL,
    newest_event timestamptz,
    parts int8 NOT NULL,
    stamps int8 NOT NULL,
    alone boolean NOT NULL DEFAULT false,
    PRIMARY KEY (project, model, generation, segment, version, start, slot)
);
ALTER TABLE day_pane ALTER COLUMN content SET STORAGE EXTERNAL;

-- Days that end before it may have no panes but day panes.
ALTER TABLE generation ADD COLUMN fine_from timestamptz;
