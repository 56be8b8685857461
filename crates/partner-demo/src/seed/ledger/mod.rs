//! Generates ledgers. A ledger consists of the events of a client ([`profile`], [`known`]), and of a bonus and payments
//! that bring the final balances to those in the client's row. Random values depend only on the client and on the age
//! of the event in days, so the demonstration looks alike on every day.

mod known;
mod profile;
pub(super) mod services;

use std::borrow::Cow;

use chrono::Months;
use partner_api::{
    Day, UnixTime,
    ledger::{Account, Direction},
};

use partner_server::{
    ledger::{
        BonusPart, KOPECK,
        book::{Book, BookedDay, Booking, Entry},
    },
    store::{Conn, clients::NewClientRow, ledger::write},
};

const LINES_AT_ONCE: usize = 8_000;
/// Callback that receives the number of clients whose ledgers are written, and the total number of clients.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// A movement of a client, before it is booked into the ledger.
struct Event {
    at: UnixTime,
    entry: Entry<'static>,
    micros: i64,
    description: Option<Cow<'static, str>>,
}

impl Event {
    fn booking(&self) -> Booking<'_> {
        let Self { at, entry, micros, ref description } = *self;
        Booking { at, entry, micros, description: description.as_deref() }
    }
}

/// The time from the first day of a ledger until now.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
    now: UnixTime,
}

impl Span {
    fn today(self) -> Day {
        Day::of(self.now)
    }

    /// Returns the given time of a day, or the current time if that is earlier.
    fn at(self, day: Day, hour: i64, minute: i64) -> UnixTime {
        let millis = day.start().millis + (hour * 60 + minute) * 60_000;
        UnixTime { millis: millis.min(self.now.millis) }
    }

    /// Returns the days of the span, oldest first, each with its age in days.
    fn days(self) -> impl Iterator<Item = (Day, i32)> {
        let today = self.today();
        (self.first.number()..=today.number()).map(move |number| (Day::from_number(number), today.number() - number))
    }
}

/// Writes a ledger for each client. It covers `months` months, or less if the client is newer, and ends with the
/// balances in the client's row.
///
/// # Errors
/// Returns an error if the database fails.
pub(super) async fn write(
    conn: &mut Conn,
    rows: &[NewClientRow],
    months: u32,
    now: UnixTime,
    progress: Progress<'_>,
) -> anyhow::Result<()> {
    let today = Day::of(now);
    let start = months_before(today, months);
    let mut waiting: Vec<(&str, BookedDay)> = Vec::new();
    for (row, done) in rows.iter().zip(1..) {
        let span = Span { first: start.max(Day::of(row.created_at)), now };
        let book = if months == 0 { untouched(row) } else { ledger(row, span)? };
        write::insert_bonuses(conn, &row.pid, &book.bonuses).await?;
        waiting.extend(book.closed.into_iter().chain(book.open).map(|day| (row.pid.as_str(), day)));
        if waiting.iter().map(|(_, day)| day.lines.len()).sum::<usize>() >= LINES_AT_ONCE || done == rows.len() {
            let days: Vec<(&str, &BookedDay)> = waiting.iter().map(|(pid, day)| (*pid, day)).collect();
            write::insert_days(conn, &days).await?;
            waiting.clear();
            progress(done, rows.len());
        }
    }
    Ok(())
}

/// Returns the same day of the month, `months` months before. In a shorter month, returns the last day of the month.
fn months_before(day: Day, months: u32) -> Day {
    day.date().checked_sub_months(Months::new(months)).map_or(Day::MIN, Day::from)
}

/// Returns a ledger that has the balances of the row but no movements.
fn untouched(row: &NewClientRow) -> Book {
    let bonus = BonusPart { left: row.bonus_micros, group: None, expires: None };
    Book::new(row.base_micros, Some(bonus).filter(|part| part.left > 0).into_iter().collect())
}

fn ledger(row: &NewClientRow, span: Span) -> anyhow::Result<Book> {
    let mut events = match known::events(row, span) {
        Some(events) if events.is_empty() => return Ok(untouched(row)),
        Some(events) => events,
        None => profile::events(row, span),
    };
    // Book without payments first, to find out which amounts of money and bonuses are missing at the end.
    let without_payments = book(0, &events)?;
    let missing_bonus = row.bonus_micros - without_payments.bonus;
    if missing_bonus > 0 {
        // Grant the missing bonus after all other events, so that no event spends the bonus.
        let at = events.last().map_or(span.now, |event| event.at);
        events.push(profile::last_bonus(row, span.today(), at, missing_bonus));
    }
    let (mut base, missing) = (row.base_micros.rem_euclid(KOPECK), row.base_micros - without_payments.base);
    let missing = missing - base;
    let paid = if missing > 0 { payments(row, span, &without_payments, missing) } else { Vec::new() };
    if paid.is_empty() {
        // Without payments, the opening balance must contain the whole difference.
        base += missing;
    }
    events.extend(paid);
    events.sort_by_key(|event| event.at);
    book(base, &events)
}

fn book(base: i64, events: &[Event]) -> anyhow::Result<Book> {
    let mut book = Book::new(base, Vec::new());
    for event in events {
        book.book(&event.booking(), services::group_of(event.entry.service()))?;
    }
    Ok(book)
}

/// Returns a payment for each month that covers the cost of the month, until the payments add up to `sum`. If the costs
/// are lower than `sum`, the first payment includes the rest.
fn payments(row: &NewClientRow, span: Span, without_payments: &Book, sum: i64) -> Vec<Event> {
    /// 100.00 in micros. Most payments are multiples of this amount, because people pay round sums.
    const ROUND: i64 = 100_000_000;
    let mut months: Vec<(Day, i64)> = Vec::new();
    for day in without_payments.closed.iter().chain(&without_payments.open) {
        let start = partner_api::Granularity::Month.start(day.day).max(span.first);
        if months.last().is_none_or(|(month, _)| *month != start) {
            months.push((start, 0));
        }
        let of_money = day.lines.iter().filter(|line| line.account == Account::Personal);
        let cost = of_money.map(|line| if line.direction() == Direction::Debit { line.counted } else { -line.counted });
        if let Some((_, total)) = months.last_mut() {
            *total += cost.sum::<i64>();
        }
    }
    let mut left = sum;
    for (_, cost) in &mut months {
        *cost = (((*cost).max(0) + ROUND - 1) / ROUND * ROUND).min(left);
        left -= *cost;
    }
    if let Some((_, first)) = months.first_mut() {
        *first += left;
    }
    let number = row.uid % 10_000;
    let payment = |(index, (day, micros)): (i64, (Day, i64))| Event {
        at: span.at(day, 10, (row.uid + index) % 60),
        entry: Entry::Payment,
        micros,
        description: Some(format!("No. {number}-{}", index + 1).into()),
    };
    (0..).zip(months).filter(|(_, (_, micros))| *micros > 0).map(payment).collect()
}

/// Returns a pseudorandom number that depends only on the arguments (SplitMix64).
fn mixed(client: i64, day: i32, what: u64) -> u64 {
    let mut z = client.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = z.wrapping_add(u64::from(day.unsigned_abs()).wrapping_mul(0xd1b5_4a32_d192_ed03)).wrapping_add(what << 48);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Returns a pseudorandom number from 0 to `bound - 1`, see [`mixed`].
fn below(bound: u64, client: i64, day: i32, what: u64) -> i64 {
    i64::try_from(mixed(client, day, what) % bound).unwrap_or(0)
}
