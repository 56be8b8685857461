-- Invitations are accepted; letters are of several kinds, and of each it is known whether it left.

ALTER TABLE invitations ADD COLUMN accepted_at INTEGER;
ALTER TABLE invitations ADD COLUMN client_pid TEXT REFERENCES clients (pid); -- what the accepted invitation made

-- Whose client a detached project was: that partner gets it back when its owner accepts another invitation.
ALTER TABLE clients ADD COLUMN detached_from TEXT REFERENCES partners (pid);

-- Letters to write. A row says which letter, never what is in it: the token of a link is made on delivery. A letter
-- that has lost its reason (its invitation is revoked) leaves the table.
CREATE TABLE letters (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    kind         TEXT NOT NULL,    -- see store::outbox::Kind
    subject      TEXT NOT NULL,    -- id of what it is about, by its kind: of an invitation
    locale       TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    attempts     INTEGER NOT NULL DEFAULT 0,
    next_try_at  INTEGER NOT NULL,
    delivered_at INTEGER,
    failed_at    INTEGER           -- when it was given up
) STRICT;
INSERT INTO letters (id, kind, subject, locale, created_at, attempts, next_try_at, delivered_at)
    SELECT id, 'invitation', iid, locale, created_at, attempts, next_try_at, delivered_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE letters RENAME TO outbox;
CREATE INDEX outbox_waiting ON outbox (next_try_at) WHERE delivered_at IS NULL AND failed_at IS NULL;
CREATE INDEX outbox_by_subject ON outbox (kind, subject, id);
