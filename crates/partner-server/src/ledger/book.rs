//! Books movements of one client. Booking spends bonuses before money, rounds by the kopeck rule (see the module
//! `ledger`), merges equal usage of a day into one line, and computes the balance after each line.
//!
//! A `Book` continues the stored ledger. All ledger lines are created by this module: the store books single movements,
//! and the generator of demonstration data books thousands at once.

use partner_api::{
    Day, UnixTime,
    ledger::{Account, Direction, MovementKind},
};

use super::{BonusPart, DaySum, Line, counted};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBooked {
    #[error("movements must be booked in the order of time: a later one is booked already")]
    OutOfOrder,
    #[error("the amount must be greater than zero")]
    NotPositive,
    #[error("the amount is too large for the ledger")]
    TooLarge,
}

/// Largest amount of a movement: a billion currency units, in micros. The limit keeps sums of thousands of amounts from
/// overflowing.
const LARGEST: i64 = 1_000_000_000_000_000;

#[derive(Clone, Copy, Debug)]
pub struct Booking<'a> {
    /// Time of the movement, which must not be earlier than any booked movement.
    pub at: UnixTime,
    pub entry: Entry<'a>,
    /// Exact amount in micros (millionths of the currency unit), greater than zero.
    pub micros: i64,
    /// Description of the movement, for example the resource or the number of a payment.
    pub description: Option<&'a str>,
}

/// Kind of a movement. `service` is the code of a service.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    /// A deposit: the client paid.
    Payment,
    /// A deposit that refunds a service.
    Refund { service: &'a str },
    /// A deposit to the bonus account.
    Bonus {
        /// Group of services for which the bonus can pay; `None` if the bonus can pay for all services.
        group: Option<&'a str>,
        /// Last day on which the client can spend the bonus; `None` if the bonus does not expire.
        expires: Option<Day>,
    },
    /// A debit for the usage of a service. Usage on the same billing day with the same service, account and description
    /// is merged into one line whose amount grows, so callers can book usage minute by minute.
    Usage { service: &'a str },
    /// A debit for a monthly subscription to a service. The debit is never merged into an earlier line.
    Subscription { service: &'a str },
}

impl<'a> Entry<'a> {
    /// Code of the service; empty if there is none.
    pub const fn service(self) -> &'a str {
        match self {
            Self::Payment | Self::Bonus { .. } => "",
            Self::Refund { service } | Self::Usage { service } | Self::Subscription { service } => service,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Charge<'a> {
    at: UnixTime,
    kind: MovementKind,
    service: &'a str,
    /// Group of the service. Bonuses for this group or for all services can pay the debit.
    group: Option<&'a str>,
    description: Option<&'a str>,
}

/// A day of a client's ledger with its lines and its sums. Amounts are in micros.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedDay {
    pub day: Day,
    pub lines: Vec<Line>,
    pub debits: i64,
    pub deposits: i64,
    /// Total debits up to and including this day.
    pub debits_total: i64,
    /// Sum of both accounts after the last line of the day.
    pub closing: i64,
}

impl BookedDay {
    /// Returns the sums for each service and direction.
    pub fn sums(&self) -> Vec<DaySum> {
        let mut sums: Vec<DaySum> = Vec::new();
        for line in &self.lines {
            let direction = line.direction();
            let known = sums.iter_mut().find(|sum| sum.service == line.service && sum.direction == direction);
            let (counted, rounded) = (line.counted, i64::from(line.is_rounded()));
            if let Some(sum) = known {
                sum.counted += counted;
                sum.lines += 1;
                sum.rounded += rounded;
            } else {
                let service = line.service.clone();
                sums.push(DaySum { day: self.day, service, direction, counted, lines: 1, rounded });
            }
        }
        sums
    }
}

/// The balances of a client, and the last day of its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    pub base: i64,
    pub bonus: i64,
    pub bonuses: Vec<BonusPart>,
    /// The last day of the ledger, to which movements are added; `None` if nothing has been booked.
    pub open: Option<BookedDay>,
    /// Days that became complete since the book was loaded, because movements of later days were booked; oldest first.
    pub closed: Vec<BookedDay>,
}

impl Book {
    /// Creates an empty ledger with these balances.
    pub fn new(base: i64, bonuses: Vec<BonusPart>) -> Self {
        let bonus = bonuses.iter().map(|part| part.left).sum();
        Self { base, bonus, bonuses, open: None, closed: Vec::new() }
    }

    /// Books a movement. `group` is the group to which the service of the movement belongs.
    pub fn book(&mut self, booking: &Booking<'_>, group: Option<&str>) -> Result<(), NotBooked> {
        let Booking { at, entry, micros: exact, description } = *booking;
        if exact <= 0 {
            return Err(NotBooked::NotPositive);
        }
        if exact > LARGEST {
            return Err(NotBooked::TooLarge);
        }
        if self.last().is_some_and(|last| at < last) {
            return Err(NotBooked::OutOfOrder);
        }
        self.expire(at);
        self.open_day(Day::of(at));
        let kind = match entry {
            Entry::Payment => MovementKind::Payment,
            Entry::Refund { .. } => MovementKind::Refund,
            Entry::Bonus { .. } => MovementKind::Bonus,
            Entry::Usage { .. } => MovementKind::Usage,
            Entry::Subscription { .. } => MovementKind::Subscription,
        };
        let charge = Charge { at, kind, service: entry.service(), group, description };
        match entry {
            Entry::Usage { .. } | Entry::Subscription { .. } => self.debit(charge, exact),
            Entry::Payment | Entry::Refund { .. } => self.append(charge, Account::Personal, exact, counted(exact)),
            Entry::Bonus { group, expires } => {
                self.bonuses.push(BonusPart { left: counted(exact), group: group.map(str::to_owned), expires });
                self.append(charge, Account::Bonus, exact, counted(exact));
            }
        }
        Ok(())
    }

    /// Removes the bonuses that have expired at `now`, and books a movement for each expiry.
    pub fn expire(&mut self, now: UnixTime) {
        let today = Day::of(now);
        let is_over = |part: &BonusPart| part.expires.is_some_and(|last| last < today) && part.usable() > 0;
        while let Some(index) = self.next(is_over) {
            let part = &mut self.bonuses[index];
            let amount = part.usable();
            part.left -= amount;
            // Book the expiry at midnight after the last day. Use the time of the last line if that is later, which
            // happens only if the bonus had already expired when it was granted.
            let midnight = part.expires.unwrap_or(today).plus(1).start();
            let at = self.last().map_or(midnight, |last| last.max(midnight));
            self.open_day(Day::of(at));
            let charge = Charge { at, kind: MovementKind::Expiry, service: "", group: None, description: None };
            self.append(charge, Account::Bonus, amount, amount);
            self.bonuses.retain(|part| part.left > 0);
        }
    }

    fn last(&self) -> Option<UnixTime> {
        self.open.as_ref()?.lines.last().map(|line| line.at)
    }

    fn total(&self) -> i64 {
        self.base + self.bonus
    }

    /// Closes the current day and opens `day`, unless the current day is `day` or later.
    fn open_day(&mut self, day: Day) {
        if self.open.as_ref().is_some_and(|open| open.day >= day) {
            return;
        }
        let (debits_total, closing) = (self.open.as_ref().map_or(0, |open| open.debits_total), self.total());
        let next = BookedDay { day, lines: Vec::new(), debits: 0, deposits: 0, debits_total, closing };
        self.closed.extend(self.open.replace(next));
    }

    /// Returns the index of the matching bonus that expires first.
    fn next(&self, fits: impl Fn(&BonusPart) -> bool) -> Option<usize> {
        let fitting = self.bonuses.iter().enumerate().filter(|(_, part)| fits(part));
        fitting.min_by_key(|(_, part)| part.expires.unwrap_or(Day::MAX)).map(|(index, _)| index)
    }

    /// Pays a debit with bonuses for the service's group, then with bonuses for all services, then with money.
    fn debit(&mut self, charge: Charge<'_>, exact: i64) {
        let is_of_group = |part: &BonusPart| part.group.is_some() && part.group.as_deref() == charge.group;
        let is_good = |part: &BonusPart| part.usable() > 0 && (part.group.is_none() || is_of_group(part));
        let available: i64 = self.bonuses.iter().filter(|part| is_good(part)).map(BonusPart::usable).sum();
        let mut rest = exact;
        if available > 0 {
            let before = self.take_out(charge, Account::Bonus);
            let (exact_before, counted_before) = before.as_ref().map_or((0, 0), |line| (line.exact, line.counted));
            let whole = counted(exact_before + exact);
            let counted_now = whole.min(counted_before + available);
            // If the bonuses do not cover the whole debit, let them pay whole kopecks only. Money pays the rest.
            let exact_now = if counted_now == whole { exact_before + exact } else { counted_now };
            rest = exact - (exact_now - exact_before);
            let mut due = counted_now - counted_before;
            while due > 0 {
                let of_group = self.next(|part| is_good(part) && is_of_group(part));
                let Some(index) = of_group.or_else(|| self.next(is_good)) else { break };
                let taken = due.min(self.bonuses[index].usable());
                self.bonuses[index].left -= taken;
                due -= taken;
            }
            self.bonuses.retain(|part| part.left > 0);
            self.put_back(before, charge, Account::Bonus, exact_now, counted_now);
        }
        if rest > 0 {
            let before = self.take_out(charge, Account::Personal);
            let exact = before.as_ref().map_or(0, |line| line.exact) + rest;
            self.put_back(before, charge, Account::Personal, exact, counted(exact));
        }
    }

    /// Removes the line into which usage is merged, if there is one, and undoes the effect of the line on the balances.
    /// The caller appends the line again with a larger amount, see [`Self::put_back`].
    fn take_out(&mut self, charge: Charge<'_>, account: Account) -> Option<Line> {
        let open = self.open.as_mut().filter(|_| charge.kind == MovementKind::Usage)?;
        let index = open.lines.iter().rposition(|line| {
            line.kind == charge.kind
                && line.account == account
                && line.service == charge.service
                && line.description.as_deref() == charge.description
        })?;
        let line = open.lines.remove(index);
        for later in &mut open.lines[index..] {
            later.balance += line.counted;
        }
        open.debits -= line.counted;
        open.debits_total -= line.counted;
        *(if account == Account::Bonus { &mut self.bonus } else { &mut self.base }) += line.counted;
        Some(line)
    }

    /// Appends the line that [`Self::take_out`] removed, with new amounts and the same number. Without a removed line,
    /// appends a new line.
    fn put_back(&mut self, before: Option<Line>, charge: Charge<'_>, account: Account, exact: i64, counted: i64) {
        self.append(charge, account, exact, counted);
        if let (Some(before), Some(line)) = (before, self.open.as_mut().and_then(|open| open.lines.last_mut())) {
            line.number = before.number;
        }
    }

    fn append(&mut self, charge: Charge<'_>, account: Account, exact: i64, counted: i64) {
        let Some(open) = &mut self.open else { return };
        let lines = &open.lines;
        let mut line = Line {
            day: open.day,
            seq: lines.last().map_or(0, |line| line.seq) + 1,
            number: lines.iter().map(|line| line.number).max().unwrap_or(0) + 1,
            at: charge.at,
            service: charge.service.to_owned(),
            kind: charge.kind,
            account,
            description: charge.description.map(str::to_owned),
            exact,
            counted,
            balance: 0,
        };
        let signed = match line.direction() {
            Direction::Debit => {
                open.debits += counted;
                open.debits_total += counted;
                -counted
            }
            Direction::Deposit => {
                open.deposits += counted;
                counted
            }
        };
        *(if account == Account::Bonus { &mut self.bonus } else { &mut self.base }) += signed;
        open.closing = self.base + self.bonus;
        line.balance = open.closing;
        open.lines.push(line);
    }
}
