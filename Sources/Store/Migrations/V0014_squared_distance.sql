-- The sum over all classes of (probability - truth)^2 of a multiclass row's class scores; null where they are not all known.
ALTER TABLE outcome ADD COLUMN squared_distance float8;
