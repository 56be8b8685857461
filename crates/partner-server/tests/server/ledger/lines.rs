//! The list of single movements: pages, running balances, filters and times.

use partner_api::{
    Amount, ListMovements, SummarizeMovements,
    ledger::{Direction, Movement},
};

use super::{ALPHA, CHARLIE, get};
use crate::support::spawn_app_with_ledgers;

fn after(balance: Amount, movement: &Movement) -> Amount {
    match movement.direction {
        Direction::Deposit => balance + movement.amount,
        Direction::Debit => Amount(balance.0 - movement.amount.0),
    }
}

#[tokio::test]
async fn each_movement_has_the_balance_after_it() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let page = get::<ListMovements>(&demo, ALPHA, "").await;
    assert_eq!(page.marker, None);
    let lines: Vec<String> = page
        .data
        .iter()
        .map(|it| {
            let exact = it.exact.map_or(String::new(), |exact| format!(" of {exact}"));
            let service = it.service.as_deref().unwrap_or("-");
            format!("{} {service} {:?} {:?} {}{exact} {}", it.at, it.kind, it.account, it.amount, it.balance.unwrap())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2026-09-15T10:00:00+03:00 - Payment Personal 110.53 1680.52",
            "2026-09-16T23:00:00+03:00 cloud_servers Usage Personal 200 1480.52",
            "2026-09-17T23:00:00+03:00 cloud_storage Usage Bonus 70 1410.52",
            "2026-09-18T23:00:00+03:00 cdn Usage Personal 40 1370.52",
            "2026-09-19T23:00:00+03:00 dns Usage Personal 0.01 of 0.004 1370.51",
            "2026-09-20T15:00:00+03:00 cloud_servers Refund Personal 20 1390.51",
            "2026-09-20T23:00:00+03:00 dns Usage Personal 0.01 of 0.014 1390.5",
        ]
    );
    let debits = get::<ListMovements>(&demo, ALPHA, "direction=debit&service=dns").await.data;
    assert_eq!(debits, [page.data[4].clone(), page.data[6].clone()], "the balance does not depend on the filter");
    let of_none = get::<ListMovements>(&demo, ALPHA, "service=none").await.data;
    assert_eq!(of_none, page.data[..1]);
    let three_years = get::<ListMovements>(&demo, ALPHA, "from=2023-09-22").await.data;
    assert_eq!(three_years.len(), 13, "movements have no buckets, so no limit of granularity applies");
}

#[tokio::test]
async fn the_pages_have_each_movement_once() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let period = "from=2026-08-01&to=2026-08-31";
    let summary = get::<SummarizeMovements>(&demo, CHARLIE, period).await;
    let whole = get::<ListMovements>(&demo, CHARLIE, period).await;
    assert_eq!((whole.data.len(), whole.marker), (10_000, None));
    let mut balance = summary.opening;
    for movement in &whole.data {
        balance = after(balance, movement);
        assert_eq!(movement.balance, Some(balance), "{movement:?}");
    }
    assert_eq!(balance, summary.closing);

    let (mut walked, mut marker) = (Vec::new(), String::new());
    loop {
        let page = get::<ListMovements>(&demo, CHARLIE, &format!("{period}&limit=3333{marker}")).await;
        walked.extend(page.data);
        let Some(next) = page.marker else { break };
        marker = format!("&marker={next}");
    }
    assert_eq!(walked, whole.data);
    let ids: std::collections::HashSet<_> = walked.iter().map(|movement| &movement.id).collect();
    assert_eq!(ids.len(), 10_000);

    let of_cdn = format!("{period}&service=cdn");
    let first = get::<ListMovements>(&demo, CHARLIE, &format!("{of_cdn}&limit=1")).await;
    assert_eq!(first.data.len(), 1);
    let rest = get::<ListMovements>(&demo, CHARLIE, &format!("{of_cdn}&marker={}", first.marker.unwrap())).await;
    let cdn: Vec<_> = whole.data.into_iter().filter(|it| it.service.as_deref() == Some("cdn")).collect();
    assert_eq!([first.data, rest.data].concat(), cdn, "a filter applies to all pages");
}

#[tokio::test]
async fn a_limit_out_of_range_becomes_the_nearest_valid_limit() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    let page = get::<ListMovements>(&demo, CHARLIE, "from=2026-07-01&limit=99999999").await;
    assert_eq!((page.data.len(), page.marker.is_some()), (10_000, true));
    assert_eq!(get::<ListMovements>(&demo, ALPHA, "limit=0").await.data.len(), 1);
}
