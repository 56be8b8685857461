-- The same as 0006 of SQLite: the audit log is a chain, see store::audit.
ALTER TABLE audit ADD COLUMN prev_hash BYTEA;
ALTER TABLE audit ADD COLUMN hash BYTEA;

CREATE TABLE audit_head (
    id            BIGINT PRIMARY KEY CHECK (id = 1),
    hash          BYTEA NOT NULL,
    lines         BIGINT NOT NULL,
    unchained_seq BIGINT NOT NULL
);
INSERT INTO audit_head (id, hash, lines, unchained_seq)
SELECT 1, decode(repeat('00', 32), 'hex'), 0, COALESCE(MAX(seq), 0) FROM audit;
