-- The embeddings of a row in the order of their positions, each its number of dimensions (0 for null) and so many float4, all
-- little-endian; null where the model has none. Floats do not compress, so they are not tried.
ALTER TABLE prediction ADD COLUMN embeddings bytea;
ALTER TABLE prediction ALTER COLUMN embeddings SET STORAGE EXTERNAL;
