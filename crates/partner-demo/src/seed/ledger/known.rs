//! Special ledgers of some known clients, which tests rely on. See the table in `seed/known.rs`.

use std::borrow::Cow;

use partner_api::{Day, Granularity};

use super::{Event, Span, profile};
use partner_server::{
    ledger::{KOPECK, book::Entry},
    store::clients::NewClientRow,
};

/// Number of movements of `charlie` in the last complete month, including one payment.
const MANY: i64 = 10_000;
/// Daily expenses of `delta`, in kopecks.
const FAST: i64 = 30_000;

/// Returns the events of a known client. `None` means that the client has generated events; an empty list means an
/// empty ledger.
pub(super) fn events(row: &NewClientRow, span: Span) -> Option<Vec<Event>> {
    match row.email.strip_suffix("@client.example")? {
        "alpha" => Some(small(span)),
        "charlie" => Some(many(span)),
        "delta" => Some(fast(span)),
        "echo" => Some(paused(row, span)),
        "hotel" => Some(Vec::new()),
        "kilo" => Some(hostile(row, span)),
        _ => None,
    }
}

/// Returns a ledger that is small enough to check by hand. The table lists the amounts of each service:
///
/// | service | last 7 days | 7 days before |
/// |---|---|---|
/// | Cloud Servers | 200.00, 20.00 refunded | 150.00 |
/// | Cloud Storage | 70.00, paid by a bonus | |
/// | CDN | 40.00 | |
/// | DNS | 0.02, exact amounts 0.004 and 0.014 | 0.01, exact amount 0.004 |
/// | Backup | | 30.00, paid by a bonus |
/// | sum of debits | 310.02 | 180.01 |
fn small(span: Span) -> Vec<Event> {
    let day = |ago: i32| span.today().plus(-ago);
    let event = |ago, hour, entry, micros, description: Option<&'static str>| Event {
        at: span.at(day(ago), hour, 0),
        entry,
        micros,
        description: description.map(Cow::Borrowed),
    };
    let used = |ago, service, micros| event(ago, 23, Entry::Usage { service }, micros, None);
    let bonus = Entry::Bonus { group: Some("Storage"), expires: Some(day(-30)) };
    vec![
        event(20, 10, Entry::Payment, 1_500_000_000, Some("No. 1001")),
        event(20, 11, bonus, 250_000_000, Some("Welcome bonus")),
        used(12, "cloud_servers", 100_000_000),
        used(11, "backup", 30_000_000),
        used(10, "cloud_servers", 50_000_000),
        used(9, "dns", 4_000),
        event(6, 10, Entry::Payment, 110_530_000, Some("No. 1002")),
        used(5, "cloud_servers", 200_000_000),
        used(4, "cloud_storage", 70_000_000),
        used(3, "cdn", 40_000_000),
        used(2, "dns", 4_000),
        event(1, 15, Entry::Refund { service: "cloud_servers" }, 20_000_000, Some("Incident 4711")),
        used(1, "dns", 14_000),
    ]
}

/// Returns `MANY - 1` usage lines in the last complete month, and four lines a day in the other months. The lines of
/// one day are for different resources.
fn many(span: Span) -> Vec<Event> {
    let last_day = Granularity::Month.start(span.today()).plus(-1);
    let month = partner_api::Period { from: Granularity::Month.start(last_day), to: last_day };
    let mut events = Vec::new();
    for (day, _) in span.days() {
        let count = if month.contains(day) { share_of_day(day, month.from, month.days()) } else { 4 };
        for n in 0..count {
            let at = span.at(day, 0, n * 24 * 60 / count);
            let service =
                ["cloud_servers", "cloud_storage", "cloud_databases", "cdn"][usize::try_from(n % 4).unwrap_or(0)];
            let micros = (100 + (n * 7_919 + i64::from(day.number())) % 900) * KOPECK;
            let description = Some(
                format!("{}-{:04}", ["vm", "bucket", "db", "zone"][usize::try_from(n % 4).unwrap_or(0)], n / 4 + 1)
                    .into(),
            );
            events.push(Event { at, entry: Entry::Usage { service }, micros, description });
        }
    }
    events
}

/// Returns the number of usage lines on a day of the last complete month. The lines of the month add up to `MANY - 1`,
/// because the payment of the month is a line, too.
fn share_of_day(day: Day, first: Day, days: i32) -> i64 {
    let (days, index) = (i64::from(days), i64::from(day.number() - first.number()));
    let until = |days_done: i64| (MANY - 1) * days_done / days;
    until(index + 1) - until(index)
}

/// Returns a debit of 300.00 for each day before today. At this rate, the balance of `delta` lasts four days.
fn fast(span: Span) -> Vec<Event> {
    let entry = Entry::Usage { service: "cloud_servers" };
    let of_day = |(day, _)| Event { at: span.at(day, 23, 59), entry, micros: FAST * KOPECK, description: None };
    // Omit today, so that the result does not depend on the time of day.
    span.days().filter(|(_, ago)| *ago > 0).map(of_day).collect()
}

/// Returns the generated events that are more than ten days old.
fn paused(row: &NewClientRow, span: Span) -> Vec<Event> {
    let last = span.today().plus(-10);
    let is_before = |event: &Event| Day::of(event.at) < last;
    profile::events(row, span).into_iter().filter(is_before).collect()
}

/// Returns generated events, and five events whose descriptions would run as scripts or formulas if a page or a
/// spreadsheet did not neutralise them.
fn hostile(row: &NewClientRow, span: Span) -> Vec<Event> {
    const WORDS: [&str; 5] = [
        "=HYPERLINK(\"http://evil.example\";\"Pay\")",
        "<img src=x onerror=alert(1)>",
        "+7 495 000-00-00; \"quoted\", 'quoted'",
        "@SUM(A1:A9)",
        "-1+1|cmd",
    ];
    let mut events = profile::events(row, span);
    for (words, ago) in WORDS.into_iter().zip(1..) {
        let (day, entry) = (span.today().plus(-ago), Entry::Subscription { service: "marketplace" });
        events.push(Event { at: span.at(day, 12, 0), entry, micros: KOPECK * 100, description: Some(words.into()) });
    }
    events.sort_by_key(|event| event.at);
    events
}
