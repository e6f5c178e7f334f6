-- How many predictions a pane holds and when the newest came, beside its bytes, so that weeks are counted without reading these.
ALTER TABLE pane
    ADD COLUMN predictions int8 NOT NULL DEFAULT 0,
    ADD COLUMN newest_event timestamptz;

-- The number stands in the bytes behind a header of six, seven bits a byte, doubled.
UPDATE pane SET predictions = (
    SELECT (sum((get_byte(content, 6 + place) & 127)::int8 << (7 * place)))::int8 >> 1
    FROM generate_series(0, 8) AS place
    WHERE place <= (
        SELECT min(last) FROM generate_series(0, 8) AS last WHERE get_byte(content, 6 + last) < 128))
WHERE length(content) > 15;
