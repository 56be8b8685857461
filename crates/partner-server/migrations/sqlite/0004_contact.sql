-- Requests to become a partner. Limits are counted from them, so that a restart forgives nobody.

CREATE TABLE contact_requests (
    reference   TEXT PRIMARY KEY,                   -- C- and eight digits: people say it on the telephone
    created_at  INTEGER NOT NULL,
    name        TEXT NOT NULL,
    email       TEXT NOT NULL,
    email_key   TEXT NOT NULL,                      -- see rules::email_key
    phone       TEXT NOT NULL,                      -- E.164
    company     TEXT NOT NULL,
    message     TEXT,                               -- lines parted by \n
    locale      TEXT NOT NULL,                      -- of the page it was written on
    partner_pid TEXT REFERENCES partners (pid),     -- of who was signed in
    network     TEXT NOT NULL,                      -- where it came from: IPv4 /24 or IPv6 /64
    answered_at INTEGER
) STRICT;
CREATE INDEX contact_requests_by_creation ON contact_requests (created_at);
CREATE INDEX contact_requests_by_email ON contact_requests (email_key, created_at);
CREATE INDEX contact_requests_by_network ON contact_requests (network, created_at);

ALTER TABLE users ADD COLUMN phone TEXT; -- E.164
