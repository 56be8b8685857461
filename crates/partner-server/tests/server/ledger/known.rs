//! Expected figures of clients with fixed data: sums, groups, buckets, balances and the days that a balance lasts.

use std::collections::BTreeMap;

use partner_api::{
    Amount, GetBalance, GetExpenses, ListMovements, ListServices, SummarizeMovements,
    client::{ClientsPage, ClientsQuery, Include},
    endpoint::Empty,
    ledger::{Balance, Expenses, MovementsSummary, Service, Services},
};

use partner_server::ledger::book::{Booking, Entry};

use super::{ALPHA, CHARLIE, DELTA, ECHO, FOXTROT, GOLF, HOTEL, INDIA, get};
use crate::support::{Caller, spawn_app_with_ledgers};

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

async fn balance(caller: &Caller, client: &str) -> Balance {
    caller.call::<GetBalance>(&caller.client(client), &Empty {}, &Empty {}).await.decode()
}

fn name(service: Option<&Service>) -> &str {
    service.map_or("-", |service| service.name.as_str())
}

/// Formats each group of a summary as its name, debits and deposits.
fn groups(summary: &MovementsSummary) -> Vec<String> {
    let text = |it: &partner_api::ledger::ServiceMovements| {
        format!("{} {} {}", name(it.service.as_ref()), it.sums.debits, it.sums.deposits)
    };
    summary.groups.iter().map(text).collect()
}

/// Formats each service as its name, its total, and its total in the preceding period.
fn services(expenses: &Expenses) -> Vec<String> {
    let text = |it: &partner_api::ledger::ServiceExpenses| {
        format!("{} {} {}", name(it.service.as_ref()), it.total, it.preceding)
    };
    expenses.services.iter().map(text).collect()
}

#[tokio::test]
async fn seven_days_add_up() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let summary = get::<SummarizeMovements>(&demo, ALPHA, "").await;
    assert_eq!(
        (summary.period.from.to_string(), summary.period.to.to_string()),
        ("2026-09-15".into(), "2026-09-21".into())
    );
    assert_eq!((summary.opening, summary.closing), (amount("1569.99"), amount("1390.5")));
    assert_eq!((summary.all.debits, summary.all.deposits), (amount("310.02"), amount("130.53")));
    assert_eq!((summary.all.lines, summary.all.rounded, summary.shown), (7, 2, summary.all));
    assert_eq!(
        groups(&summary),
        ["Cloud Servers 200 20", "Cloud Storage 70 0", "CDN 40 0", "DNS 0.02 0", "- 0 110.53"],
        "the largest debits first, movements without a service last"
    );
    let buckets = &summary.groups[0].buckets;
    let days: Vec<String> = buckets.iter().map(|it| format!("{} {}", it.period.from, it.sums.debits)).collect();
    assert_eq!(days, ["2026-09-16 200", "2026-09-20 0"]);
    assert_eq!(summary.as_of.to_string(), "2026-09-21T17:13:20+03:00");

    let expenses = get::<GetExpenses>(&demo, ALPHA, "").await;
    assert_eq!((expenses.total, expenses.preceding_total), (amount("310.02"), amount("180.01")));
    assert_eq!(expenses.preceding.from.to_string(), "2026-09-08");
    assert_eq!(
        services(&expenses),
        ["Cloud Servers 200 150", "Cloud Storage 70 0", "CDN 40 0", "DNS 0.02 0.01", "Backup 0 30"]
    );
    assert_eq!(expenses.buckets.len(), 7, "days without expenses have a bucket");
    assert_eq!(expenses.services[4].buckets, [Amount::default(); 7]);

    let balance = balance(&demo, ALPHA).await;
    assert_eq!((balance.base, balance.bonus, balance.total()), (amount("1240.5"), amount("150"), summary.closing));
    let [bonus] = &balance.bonuses[..] else { panic!("{balance:?}") };
    assert_eq!((bonus.amount, bonus.service_group.as_deref()), (amount("150"), Some("Storage")));
    assert_eq!(bonus.expires.unwrap().to_string(), "2026-10-21");
    // Debits of 490.03 roubles in the 20 complete days since the first movement make an average of 24.50 a day.
    assert_eq!((balance.average_daily_debit, balance.lasts_days()), (Some(amount("24.5")), Some(56)));
}

#[tokio::test]
async fn filters_change_the_shown_sums_and_not_the_totals() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let whole = get::<SummarizeMovements>(&demo, ALPHA, "").await;
    for (query, expected, lines) in [
        ("direction=debit", vec!["Cloud Servers 200 0", "Cloud Storage 70 0", "CDN 40 0", "DNS 0.02 0"], 5),
        ("direction=deposit", vec!["Cloud Servers 0 20", "- 0 110.53"], 2),
        ("service=cloud_servers", vec!["Cloud Servers 200 20"], 2),
        ("service=cloud_servers&direction=deposit", vec!["Cloud Servers 0 20"], 1),
        ("service=none", vec!["- 0 110.53"], 1),
        ("service=none&direction=debit", vec![], 0),
        ("service=backup", vec![], 0),
    ] {
        let part = get::<SummarizeMovements>(&demo, ALPHA, query).await;
        assert_eq!(groups(&part), expected, "{query}");
        assert_eq!(part.shown.lines, lines, "{query}");
        assert_eq!((part.all, part.opening, part.closing), (whole.all, whole.opening, whole.closing), "{query}");
    }
    let of_backup = get::<GetExpenses>(&demo, ALPHA, "service=backup").await;
    assert_eq!((of_backup.total, of_backup.preceding_total), (Amount::default(), amount("30")));
    let ignored = get::<GetExpenses>(&demo, ALPHA, "direction=deposit").await;
    assert_eq!(ignored.total, amount("310.02"), "expenses are debits");
}

#[tokio::test]
async fn detail_equals_expenses_for_every_granularity() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    for client in [ALPHA, CHARLIE, ECHO, FOXTROT, GOLF, INDIA] {
        for query in ["from=2026-07-01&to=2026-09-21", "from=2026-08-31&to=2026-09-06", "from=2026-09-21"] {
            let mut totals = Vec::new();
            for granularity in ["day", "week", "month", "year"] {
                let query = format!("{query}&granularity={granularity}");
                let summary = get::<SummarizeMovements>(&demo, client, &query).await;
                let expenses = get::<GetExpenses>(&demo, client, &query).await;
                assert_eq!(summary.all.debits, expenses.total, "{client} {query}");
                assert_eq!(summary.closing + summary.all.debits, summary.opening + summary.all.deposits);
                totals.push(expenses.total);
            }
            assert!(totals.iter().all(|total| *total == totals[0]), "{client} {query}");
        }
        let summary = get::<SummarizeMovements>(&demo, client, "").await;
        assert_eq!(balance(&demo, client).await.total(), summary.closing, "{client}: the balance is the closing one");
    }
}

#[tokio::test]
async fn an_empty_ledger_is_empty_and_keeps_its_balance() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let summary = get::<SummarizeMovements>(&demo, HOTEL, "").await;
    assert_eq!((summary.opening, summary.closing), (amount("0.004"), amount("0.004")));
    assert_eq!((summary.all.lines, summary.groups.len()), (0, 0));
    let expenses = get::<GetExpenses>(&demo, HOTEL, "").await;
    assert_eq!((expenses.total, expenses.buckets.len(), expenses.services.len()), (Amount::default(), 7, 0));
    assert_eq!(get::<ListMovements>(&demo, HOTEL, "").await.data, []);
    let known: Services = demo.call::<ListServices>(&demo.client(HOTEL), &Empty {}, &Empty {}).await.decode();
    assert_eq!(known.data, []);
    assert_eq!(balance(&demo, HOTEL).await.average_daily_debit, None);
}

#[tokio::test]
async fn the_known_clients_have_their_documented_features() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let many = get::<SummarizeMovements>(&demo, CHARLIE, "from=2026-08-01&to=2026-08-31").await;
    assert_eq!(many.all.lines, 10_000);
    assert_eq!(balance(&demo, DELTA).await.lasts_days(), Some(4));
    assert_eq!(get::<SummarizeMovements>(&demo, ECHO, "").await.all.lines, 0);
    assert!(get::<SummarizeMovements>(&demo, ECHO, "from=2026-08-01").await.all.lines > 0);
    let debt = balance(&demo, FOXTROT).await;
    assert_eq!((debt.base, debt.lasts_days()), (amount("-15320.45"), Some(0)));
    let nothing = balance(&demo, GOLF).await;
    assert_eq!((nothing.total(), nothing.lasts_days()), (Amount::default(), Some(0)));
    assert_eq!(balance(&demo, INDIA).await.currency, "KZT");
    for currency in [
        get::<SummarizeMovements>(&demo, INDIA, "").await.currency,
        get::<GetExpenses>(&demo, INDIA, "").await.currency,
    ] {
        assert_eq!(currency, "KZT");
    }
}

#[tokio::test]
async fn the_list_has_the_days_left_of_each_balance() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let query = ClientsQuery { limit: Some(500), marker: None, include: Some(Include::Balance) };
    let reply = demo.call::<partner_api::ListClients>(&demo.partner(), &query, &Empty {}).await;
    let page: ClientsPage = reply.decode();
    for client in page.clients.iter().step_by(7).chain(&page.clients[..18]) {
        let (listed, own) = (client.balance.as_ref().unwrap(), balance(&demo, &client.pid).await);
        assert_eq!((listed.base, listed.bonus), (own.base, own.bonus), "{}", client.pid);
        assert_eq!(listed.lasts_days, own.lasts_days(), "{}", client.pid);
        let parts: Amount = own.bonuses.iter().map(|bonus| bonus.amount).sum();
        assert_eq!(parts, own.bonus, "{}", client.pid);
    }
    let soon = page.clients.iter().filter(|it| it.balance.as_ref().unwrap().lasts_days.is_some_and(|days| days <= 7));
    assert!((5..200).contains(&soon.count()), "some balances run out within a week, but not all");
}

#[tokio::test]
async fn a_stored_average_equals_the_calculated_one() {
    let server = spawn_app_with_ledgers(3).await;
    // Advance the clock by a day: the server has no stored average for the new day and must calculate it.
    server.clock.forward_secs(24 * 60 * 60);
    let demo = server.demo().await;
    let lasts = async || {
        let query = ClientsQuery { limit: Some(500), marker: None, include: Some(Include::Balance) };
        let reply = demo.call::<partner_api::ListClients>(&demo.partner(), &query, &Empty {}).await;
        let page: ClientsPage = reply.decode();
        page.clients.into_iter().map(|it| (it.pid, it.balance.unwrap().lasts_days)).collect::<BTreeMap<_, _>>()
    };
    let computed = lasts().await;
    server.app.refresh_averages().await.unwrap();
    assert_eq!(lasts().await, computed);
    assert_eq!(computed[DELTA], Some(4), "1390.50 / 290");

    // A debit of 6,000 roubles on a complete day raises the 30-day average from 290 to 490 a day. The client is now in
    // debt, so the balance lasts 0 days.
    let (at, entry) = (super::at("2026-09-21T23:59"), Entry::Subscription { service: "support" });
    let booking = Booking { at, entry, micros: 6_000_000_000, description: None };
    server.store().await.book(DELTA, &[booking]).await.unwrap();
    assert_eq!(lasts().await[DELTA], Some(0));
    assert_eq!(balance(&demo, DELTA).await.average_daily_debit, Some(amount("490")));
    server.app.refresh_averages().await.unwrap();
    assert_eq!(lasts().await[DELTA], Some(0));
}

#[tokio::test]
async fn the_average_covers_only_complete_days() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let average = async || balance(&demo, DELTA).await.average_daily_debit;
    assert_eq!(average().await, Some(amount("300")));
    // Ten days later, only 20 of the last 30 complete days have a debit of 300, because nothing was booked in between.
    server.clock.forward_secs(10 * 24 * 60 * 60);
    // Sign in again, because the first session has expired after ten days.
    let demo = server.demo().await;
    let balance = balance(&demo, DELTA).await;
    assert_eq!(balance.average_daily_debit, Some(amount("200")), "20 × 300 / 30");
}
