-- How much a row counts (null: once), and where its class scores rank the class that turned out true.
ALTER TABLE prediction ADD COLUMN weight float8;
ALTER TABLE outcome ADD COLUMN weight float8;
ALTER TABLE outcome ADD COLUMN actual_rank int4;
ALTER TABLE outcome ADD COLUMN actual_probability float8;
