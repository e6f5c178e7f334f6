-- What an entry of an alert's history corrects, as JSON; null for all other entries.
ALTER TABLE alert_event ADD COLUMN correction json;

-- Which alerts a delivery tells of, and as what: `firing` or `resolved`.
CREATE TABLE delivery_alert (
    project int4 NOT NULL,
    delivery text NOT NULL,
    model int4 NOT NULL,
    fingerprint text NOT NULL,
    status text NOT NULL,
    PRIMARY KEY (project, delivery, fingerprint)
);
CREATE INDEX delivery_alert_alert ON delivery_alert (project, model, fingerprint);

-- What became of a model's alerts lately.
CREATE INDEX alert_event_slot ON alert_event (project, model, slot);
