-- The average daily debit of a client, in millionths, as of a billing day. Kept for the list; no day, or another one than
-- today: to be computed from `ledger_days`. No amount: the ledger has no complete day.
ALTER TABLE clients ADD COLUMN average_day INTEGER;
ALTER TABLE clients ADD COLUMN average_micros INTEGER;
