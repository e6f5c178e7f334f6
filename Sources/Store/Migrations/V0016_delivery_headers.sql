-- Headers that belong to a message, a line each; when a delivery that was taken is told again, as Alertmanager wants it.
ALTER TABLE delivery ADD COLUMN headers text NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN refresh_at timestamptz;
CREATE INDEX delivery_refresh ON delivery (project, refresh_at) WHERE refresh_at IS NOT NULL;
-- What waits for each receiver, so that a flood to one hides nobody else's.
CREATE INDEX delivery_waiting ON delivery (project, destination, channel, next_at) WHERE state = 'ready';
CREATE INDEX delivery_dead ON delivery (project, created_at) WHERE state = 'dead';
