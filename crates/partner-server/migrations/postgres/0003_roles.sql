-- The same as 0007 of SQLite: what a user may do for the partner.
ALTER TABLE users ADD COLUMN role TEXT COLLATE "C" NOT NULL DEFAULT 'owner' CHECK (role IN ('owner', 'viewer'));
