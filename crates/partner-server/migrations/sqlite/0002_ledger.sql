-- The ledger: what moved on the accounts of a client. Days are billing days (Moscow's), numbered from 1970-01-01. Amounts
-- are millionths, also counted ones, which are whole hundredths (the kopeck rule). `service` is a code of `services`, ''
-- where a movement belongs to none. direction: 0 debit, 1 deposit. account: 0 personal, 1 bonus. kind: 0 usage,
-- 1 subscription, 2 payment, 3 bonus, 4 refund, 5 expiry.
--
-- The base and bonus_micros of `clients` are the balances of now; all tables change in the transaction that books.

CREATE TABLE services (
    code          TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    service_group TEXT            -- which bonuses refer to
) STRICT;

-- Lines, in time. A client's lines are read by day, so they lie together in that order.
CREATE TABLE movements (
    client_pid     TEXT NOT NULL REFERENCES clients (pid),
    day            INTEGER NOT NULL,
    seq            INTEGER NOT NULL, -- order within the day; a line that grows moves to the end of its day
    number         INTEGER NOT NULL, -- names the line within the day, for good
    at             INTEGER NOT NULL, -- of a line that grows, when it last did
    service        TEXT NOT NULL,
    direction      INTEGER NOT NULL CHECK (direction IN (0, 1)),
    kind           INTEGER NOT NULL,
    account        INTEGER NOT NULL CHECK (account IN (0, 1)),
    description    TEXT,
    exact_micros   INTEGER NOT NULL CHECK (exact_micros > 0),
    counted_micros INTEGER NOT NULL CHECK (counted_micros > 0 AND counted_micros % 10000 = 0),
    balance_micros INTEGER NOT NULL, -- of both accounts, right after the line
    PRIMARY KEY (client_pid, day, seq)
) STRICT, WITHOUT ROWID;

-- Roll-up: sums of the lines of a day by service and direction.
CREATE TABLE movement_sums (
    client_pid     TEXT NOT NULL,
    day            INTEGER NOT NULL,
    service        TEXT NOT NULL,
    direction      INTEGER NOT NULL,
    counted_micros INTEGER NOT NULL,
    lines          INTEGER NOT NULL,
    rounded        INTEGER NOT NULL, -- lines whose counted amount is not the exact one
    PRIMARY KEY (client_pid, day, service, direction)
) STRICT, WITHOUT ROWID;

-- Roll-up: days with movements. The sum of any days' debits is the difference of two totals.
CREATE TABLE ledger_days (
    client_pid      TEXT NOT NULL,
    day             INTEGER NOT NULL,
    debits_micros   INTEGER NOT NULL,
    deposits_micros INTEGER NOT NULL,
    debits_total    INTEGER NOT NULL, -- debits of this day and all before, in millionths
    closing_micros  INTEGER NOT NULL, -- balance of both accounts at the end of the day
    PRIMARY KEY (client_pid, day)
) STRICT, WITHOUT ROWID;

-- Services that occur in the ledger of a client.
CREATE TABLE ledger_services (
    client_pid TEXT NOT NULL,
    service    TEXT NOT NULL,
    PRIMARY KEY (client_pid, service)
) STRICT, WITHOUT ROWID;

-- What the bonus account consists of: sums to clients.bonus_micros.
CREATE TABLE bonuses (
    client_pid    TEXT NOT NULL REFERENCES clients (pid),
    number        INTEGER NOT NULL,
    left_micros   INTEGER NOT NULL CHECK (left_micros > 0),
    service_group TEXT,    -- NULL: good for all services
    expires       INTEGER, -- last day on which it can be spent; NULL: no end
    PRIMARY KEY (client_pid, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX bonuses_by_expiry ON bonuses (expires) WHERE expires IS NOT NULL;
INSERT INTO bonuses (client_pid, number, left_micros)
SELECT pid, 1, bonus_micros FROM clients WHERE bonus_micros > 0;
