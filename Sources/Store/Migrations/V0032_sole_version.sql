-- The version of all rows of a pooled pane, which then stands for the pane of that version; NULL where they are of several, or of
-- one that has no slice of its own.
ALTER TABLE pane ADD COLUMN sole text;
