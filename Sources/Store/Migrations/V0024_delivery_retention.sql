-- Settled deliveries by the time at which they were settled, to be removed when they are old.
CREATE INDEX delivery_settled ON delivery (project, model, settled_at) WHERE settled_at IS NOT NULL;
