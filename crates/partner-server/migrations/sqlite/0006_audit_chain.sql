-- The audit log is a chain: each line has the hash of the one before and its own, see store::audit. Lines from before
-- this have none.
ALTER TABLE audit ADD COLUMN prev_hash BLOB;
ALTER TABLE audit ADD COLUMN hash BLOB;

-- The end of the chain, in one row: whoever writes changes it, so that writers wait for one another.
CREATE TABLE audit_head (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    hash          BLOB NOT NULL,   -- of the newest line
    lines         INTEGER NOT NULL, -- how many lines the chain has
    unchained_seq INTEGER NOT NULL -- the last line from before the chain; 0 where there is none
) STRICT;
INSERT INTO audit_head (id, hash, lines, unchained_seq)
SELECT 1, zeroblob(32), 0, COALESCE(MAX(seq), 0) FROM audit;
