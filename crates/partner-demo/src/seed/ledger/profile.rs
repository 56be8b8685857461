//! Events of a generated client: daily usage, monthly subscriptions, bonuses and refunds.

use chrono::Datelike;
use partner_api::{Day, UnixTime};

use super::{
    Event, Span, below,
    services::{OFFERS, Offer},
};
use partner_server::{
    ledger::{KOPECK, book::Entry},
    store::clients::NewClientRow,
};

/// Lifetime of occasional bonuses in days. They are granted long enough ago that they have expired by today, so the
/// client has only the last bonus.
const BONUS_DAYS: i32 = 60;

struct Use {
    offer: &'static Offer,
    index: u64,
    /// Usual cost of the service per day, in micros (millionths of the currency unit).
    daily: i64,
    /// How many days ago the client began and stopped using the service. `ended` is 0 if the client still uses it.
    began: i32,
    ended: i32,
}

/// Returns all events of the client except payments and the last bonus, oldest first.
pub(super) fn events(row: &NewClientRow, span: Span) -> Vec<Event> {
    let id = row.uid;
    let uses = uses(id);
    let growth = below(1_400, id, 0, 1) - 400;
    // Let one client in five pause for five weeks, and one in twenty stop using the cloud.
    let pause = if below(5, id, 0, 2) == 0 { 20 + below(300, id, 0, 3) } else { -100 };
    let stopped = if below(20, id, 0, 4) == 0 { 8 + below(60, id, 0, 5) } else { -1 };
    let mut events = Vec::new();
    for (day, ago) in span.days() {
        let is_idle = i64::from(ago) <= stopped || (pause..pause + 35).contains(&i64::from(ago));
        if is_idle {
            continue;
        }
        monthly(id, span, day, &mut events);
        extras(id, span, day, ago, &mut events);
        for used in uses.iter().filter(|used| (used.ended..used.began).contains(&ago)) {
            let micros = cost(id, used, ago, growth);
            // Make CDN and GPU idle on some days, so that their charts have gaps.
            let rests = matches!(used.offer.code, "cdn" | "cloud_gpu") && below(10, id, ago, 60 + used.index) < 3;
            if micros > 0 && !rests {
                let entry = Entry::Usage { service: used.offer.code };
                events.push(Event { at: span.at(day, 23, 59), entry, micros, description: None });
            }
        }
    }
    events
}

fn uses(id: i64) -> Vec<Use> {
    let size = [1, 1, 2, 3, 5, 12][usize::try_from(below(6, id, 0, 6)).unwrap_or(0)];
    (0..)
        .zip(&OFFERS)
        .filter(|(index, offer)| below(100, id, 0, 10 + index).unsigned_abs() < offer.users)
        .map(|(index, offer)| {
            let percent = 50 + below(100, id, 0, 30 + index);
            // Let the client start some services later than others, and stop some.
            let began = if below(5, id, 1, index) == 0 { below(400, id, 2, index) } else { 100_000 };
            let ended = if below(10, id, 3, index) == 0 { below(200, id, 4, index) } else { 0 };
            let [began, ended] = [began, ended].map(|days| i32::try_from(days).unwrap_or(0));
            Use { offer, index, daily: offer.daily * KOPECK / 100 * percent * size, began, ended }
        })
        .collect()
}

/// Returns the cost of a service on a day. The cost is in whole kopecks, except for DNS, which costs fractions of a
/// kopeck.
fn cost(id: i64, used: &Use, ago: i32, growth: i64) -> i64 {
    let noise = 85 + below(31, id, ago, 40 + used.index);
    if used.offer.daily == 0 {
        return 4_000 + noise * 163;
    }
    // `growth` is the change of the cost in millionths per day, counted back from today.
    let trend = (1_000_000 - growth * i64::from(ago)).max(200_000);
    used.daily / KOPECK * noise / 100 * trend / 1_000_000 * KOPECK
}

/// Adds the subscriptions of the client if the day is the first of a month.
fn monthly(id: i64, span: Span, day: Day, events: &mut Vec<Event>) {
    if day.date().day() != 1 {
        return;
    }
    let subscriptions = [
        (40, "cloud_servers", 19_500, "Public IP address"),
        (18, "marketplace", 99_000, "Licence"),
        (12, "support", 250_000, "Business plan"),
    ];
    for ((chances, service, kopecks, what), n) in subscriptions.into_iter().zip(0_u64..) {
        if below(100, id, 0, 50 + n) < chances {
            let entry = Entry::Subscription { service };
            events.push(Event {
                at: span.at(day, 0, 5),
                entry,
                micros: kopecks * KOPECK,
                description: Some(what.into()),
            });
        }
    }
}

/// Adds occasional bonuses and refunds.
fn extras(id: i64, span: Span, day: Day, ago: i32, events: &mut Vec<Event>) {
    let of_month = day.date().day();
    let months_ago = ago / 30;
    if of_month == 7 && ago > BONUS_DAYS + 10 && below(100, id, months_ago, 55) < 6 {
        let group = [None, Some("Computing"), Some("Storage"), Some("Network"), Some("Data")];
        let group = group[usize::try_from(below(5, id, months_ago, 56)).unwrap_or(0)];
        let micros = (1 + below(30, id, months_ago, 57)) * 10_000 * KOPECK;
        let entry = Entry::Bonus { group, expires: Some(day.plus(BONUS_DAYS)) };
        let what = if group.is_none() { "Welcome bonus" } else { "Try it out" };
        events.push(Event { at: span.at(day, 12, 0), entry, micros, description: Some(what.into()) });
    }
    if of_month == 15 && below(100, id, months_ago, 58) < 5 {
        let micros = (1 + below(9_000, id, months_ago, 59)) * KOPECK;
        let entry = Entry::Refund { service: "cloud_servers" };
        let what = format!("Incident {}", 4_000 + below(900, id, months_ago, 61));
        events.push(Event { at: span.at(day, 15, 0), entry, micros, description: Some(what.into()) });
    }
}

/// Returns the bonus that the client still has today. Half of these bonuses are limited to a group of services, and two
/// thirds expire.
pub(super) fn last_bonus(row: &NewClientRow, today: Day, at: UnixTime, micros: i64) -> Event {
    let group = [None, None, None, Some("Computing"), Some("Storage"), Some("Data")];
    let group = group[usize::try_from(below(6, row.uid, 0, 70)).unwrap_or(0)];
    let days = i32::try_from(10 + below(80, row.uid, 0, 71)).unwrap_or(10);
    let expires = (below(3, row.uid, 0, 72) > 0).then(|| today.plus(days));
    let entry = Entry::Bonus { group, expires };
    Event { at, entry, micros, description: Some("Loyalty bonus".into()) }
}
