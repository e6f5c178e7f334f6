-- The ranked class scores of a multiclass row, as bytes of the service: what its outcome counts in the ranking of every class; null
-- where it has none.
ALTER TABLE outcome ADD COLUMN class_scores bytea;
