-- The outcomes of a pane by themselves, with its revision: labels of weeks change these and leave the large half as it is.
-- Null where they are part of the content. They do not compress.
ALTER TABLE pane ADD COLUMN outcomes bytea;
ALTER TABLE pane ALTER COLUMN outcomes SET STORAGE EXTERNAL;
