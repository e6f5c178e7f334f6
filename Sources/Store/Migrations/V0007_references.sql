-- What a reference was put as; null for rows. Rolling references have an empty summary: their rows are the panes.
ALTER TABLE reference ADD COLUMN definition json;

-- The reference whose grid a generation uses, by name and version; version 0 is none.
ALTER TABLE generation ADD COLUMN reference_name text NOT NULL DEFAULT 'training';
