//! After a movement is booked, the calls of the API include it in sums, running balances and bonuses, on the right day
//! in Moscow.

use partner_api::{
    GetBalance, GetExpenses, ListMovements, ListServices, SummarizeMovements,
    endpoint::Empty,
    ledger::{Balance, Expenses, LedgerQuery, MovementKind, MovementsPage, MovementsSummary, Services},
};
use partner_server::ledger::book::{Booking, Entry};

use super::{ALPHA, HOTEL, at, get};
use crate::support::{spawn_app, spawn_app_with_ledgers};

#[tokio::test]
async fn an_expired_bonus_is_debited_at_midnight() {
    let server = spawn_app_with_ledgers(3).await;
    // The clock moves to 2026-10-22, one day after the last day of the bonus of 150.00.
    server.clock.forward_secs(31 * 24 * 60 * 60);
    server.app.expire_bonuses().await.unwrap();
    server.app.expire_bonuses().await.unwrap();
    let demo = server.demo().await;
    let balance: Balance = demo.call::<GetBalance>(&demo.client(ALPHA), &Empty {}, &Empty {}).await.decode();
    assert_eq!((balance.base.to_string(), balance.bonus.to_string()), ("1240.5".into(), "0".into()));
    assert_eq!(balance.bonuses, []);
    let [expiry] = &get::<ListMovements>(&demo, ALPHA, "").await.data[..] else { panic!("one movement") };
    assert_eq!((expiry.at.to_string(), expiry.kind), ("2026-10-22T00:00:00+03:00".into(), MovementKind::Expiry));
    assert_eq!((expiry.amount.to_string(), expiry.balance), ("150".into(), Some(balance.total())));
    let expenses = get::<GetExpenses>(&demo, ALPHA, "service=none").await;
    assert_eq!((expenses.total.to_string(), &expenses.services[0].service), ("150".into(), &None));
}

#[tokio::test]
async fn booked_movements_appear_in_all_calls() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    // This client starts with no movements and a balance of 0.004 roubles, which is less than a kopeck.
    let hotel = demo.client(HOTEL);
    let book = |at, entry, micros, description| Booking { at, entry, micros, description };
    let usage = |time, service, micros| book(at(time), Entry::Usage { service }, micros, None);
    let bonus = Entry::Bonus { group: Some("Network"), expires: Some("2026-09-20".parse().unwrap()) };
    let store = server.store().await;
    store
        .book(
            HOTEL,
            &[
                book(at("2026-09-18T10:00"), Entry::Payment, 100_000_000, Some("No. 7")),
                book(at("2026-09-18T11:00"), bonus, 3_000_000, None),
                usage("2026-09-19T23:58", "cdn", 2_000_000),
                usage("2026-09-19T23:59", "cdn", 2_004_000),
                usage("2026-09-20T00:00", "dns", 4_000),
                usage("2026-09-20T00:01", "dns", 4_000),
                book(at("2026-09-20T00:02"), Entry::Refund { service: "cdn" }, 500_000, None),
                usage("2026-09-20T00:03", "dns", 4_000),
            ],
        )
        .await
        .unwrap();

    let query = LedgerQuery { from: Some("2026-09-19".into()), to: Some("2026-09-20".into()), ..Default::default() };
    let summary: MovementsSummary = demo.call::<SummarizeMovements>(&hotel, &query, &Empty {}).await.decode();
    assert_eq!((summary.opening.to_string(), summary.closing.to_string()), ("103.004".into(), "99.494".into()));
    let expenses: Expenses = demo.call::<GetExpenses>(&hotel, &query, &Empty {}).await.decode();
    assert_eq!((expenses.total, expenses.total.to_string()), (summary.all.debits, "4.01".into()));
    let page: MovementsPage = demo.call::<ListMovements>(&hotel, &query, &Empty {}).await.decode();
    let lines: Vec<_> = page
        .data
        .iter()
        .map(|it| {
            let service = it.service.as_deref().unwrap_or_default();
            format!("{} {service} {:?} {} {}", it.at, it.account, it.amount, it.balance.unwrap())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2026-09-19T23:59:00+03:00 cdn Bonus 3 100.004",
            "2026-09-19T23:59:00+03:00 cdn Personal 1 99.004",
            "2026-09-20T00:02:00+03:00 cdn Personal 0.5 99.504",
            "2026-09-20T00:03:00+03:00 dns Personal 0.01 99.494",
        ]
    );
    let of_day = async |day: &str| {
        let summary = get::<SummarizeMovements>(&demo, HOTEL, &format!("from={day}&to={day}")).await;
        (summary.all.lines, summary.all.debits.to_string())
    };
    assert_eq!(of_day("2026-09-19").await, (2, "4".into()), "the day ends at midnight in Moscow");
    assert_eq!(of_day("2026-09-20").await, (2, "0.01".into()), "the next day begins at midnight in Moscow");
    let services: Services = demo.call::<ListServices>(&hotel, &Empty {}, &Empty {}).await.decode();
    assert_eq!(services.data.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["CDN", "DNS"]);
    let balance: Balance = demo.call::<GetBalance>(&hotel, &Empty {}, &Empty {}).await.decode();
    assert_eq!((balance.total(), balance.bonuses.len()), (summary.closing, 0));
    // Debits of 4.01 roubles in the three complete days from 18 to 20 September make an average of 1.34 a day.
    assert_eq!(balance.average_daily_debit.unwrap().to_string(), "1.34");
    assert_eq!(balance.lasts_days(), Some(74));
    let listed = demo.client_of("hotel@client.example").await.unwrap();
    assert_eq!(listed.balance, None);
}
