-- Instants are milliseconds since 1970-01-01T00:00:00Z, money is millionths of the currency's unit, booleans are 0 and 1.

CREATE TABLE partners (
    pid        TEXT PRIMARY KEY,
    title      TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    partner_pid   TEXT NOT NULL REFERENCES partners (pid),
    email         TEXT NOT NULL,
    email_key     TEXT NOT NULL UNIQUE, -- see rules::email_key
    name          TEXT,
    password_hash TEXT NOT NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash   BLOB PRIMARY KEY, -- SHA-256 of the cookie's value: a stolen database signs nobody in
    user_id      INTEGER NOT NULL REFERENCES users (id),
    created_at   INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_creation ON sessions (created_at);

CREATE TABLE clients (
    pid          TEXT PRIMARY KEY,
    partner_pid  TEXT REFERENCES partners (pid), -- NULL: detached; the project and its resources stay
    uid          INTEGER NOT NULL,               -- of the owner in the cloud
    email        TEXT NOT NULL,
    email_key    TEXT NOT NULL,
    name         TEXT,
    company      TEXT,
    phone        TEXT,                           -- E.164
    identifier   TEXT,
    enabled      INTEGER NOT NULL DEFAULT 1,
    created_at   INTEGER NOT NULL,
    base_micros  INTEGER NOT NULL DEFAULT 0,
    bonus_micros INTEGER NOT NULL DEFAULT 0,
    currency     TEXT NOT NULL DEFAULT 'RUB',
    legal_form   TEXT,
    verified     INTEGER NOT NULL DEFAULT 0,
    detached_at  INTEGER,
    -- How many more changes are refused because another operation of the cloud holds the client. Nothing in this
    -- server takes hold of a client: the demo data does, so that partial failure and retry can be tried.
    held_tries   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX clients_of_partner ON clients (partner_pid, email_key, pid);

CREATE TABLE invitations (
    iid         TEXT PRIMARY KEY, -- 32 hexadecimal digits
    partner_pid TEXT NOT NULL REFERENCES partners (pid),
    email       TEXT NOT NULL,
    email_key   TEXT NOT NULL,
    name        TEXT,
    phone       TEXT,
    identifier  TEXT,
    initiator   TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    sent_at     INTEGER,          -- when the newest letter left; NULL until the first one did
    expires_at  INTEGER NOT NULL,
    token_hash  BLOB,             -- SHA-256 of the newest letter's token; NULL while no letter's link works
    state       TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'revoked'))
) STRICT;
-- One pending invitation for an address, whatever races.
CREATE UNIQUE INDEX invitations_pending ON invitations (partner_pid, email_key) WHERE state = 'pending';
CREATE UNIQUE INDEX invitations_by_token ON invitations (token_hash) WHERE token_hash IS NOT NULL;

CREATE TABLE idempotency (
    scope       TEXT NOT NULL, -- partner, user and endpoint
    key         TEXT NOT NULL,
    fingerprint BLOB NOT NULL, -- SHA-256 of the request's parameters
    status      INTEGER NOT NULL,
    body        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT;
CREATE INDEX idempotency_by_creation ON idempotency (created_at);

-- Letters to write. A row says which letter, never what is in it: the token of its link is made on delivery.
CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    iid           TEXT NOT NULL REFERENCES invitations (iid),
    locale        TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    next_try_at   INTEGER NOT NULL,
    delivered_at  INTEGER
) STRICT;
CREATE INDEX outbox_waiting ON outbox (next_try_at) WHERE delivered_at IS NULL;

CREATE TABLE audit (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    at           INTEGER NOT NULL,
    actor        TEXT NOT NULL,  -- email of the user, or `command` for the command line
    partner_pid  TEXT NOT NULL,
    action       TEXT NOT NULL,
    subject      TEXT NOT NULL,  -- PID of a client, id of an invitation, …
    result       TEXT NOT NULL,
    before       TEXT,
    after        TEXT,
    operation_id TEXT NOT NULL,
    request_id   TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_partner ON audit (partner_pid, seq);
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_keeps_values BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
