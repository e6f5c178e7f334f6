-- Receivers that fail: a row from the first failed attempt until the next that works. While `paused_at` is set nothing is sent but
-- one delivery at `probe_at`.
CREATE TABLE receiver_health (
    project int4 NOT NULL,
    destination text NOT NULL,
    channel text NOT NULL,
    failures int4 NOT NULL,
    failing_since timestamptz NOT NULL,
    paused_at timestamptz,
    probe_at timestamptz,
    last_error text,
    PRIMARY KEY (project, destination, channel)
);
