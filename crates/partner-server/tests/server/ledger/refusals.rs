//! Replies to invalid parameters name the invalid field. Invalid parameters never cause an internal error.

use partner_api::{Endpoint, GetExpenses, ListMovements, SummarizeMovements, endpoint::ClientPath};
use reqwest::StatusCode;

use super::{ALPHA, HOTEL, reply};
use crate::support::{Caller, Reply, spawn_app_with_ledgers};

fn problems(reply: &Reply) -> Vec<String> {
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"), "{}", reply.text);
    let text = |it: &serde_json::Value| format!("{} {}", it["pointer"].as_str().unwrap(), it["code"].as_str().unwrap());
    reply.json()["errors"].as_array().unwrap().iter().map(text).collect()
}

#[tokio::test]
async fn problems_of_the_period_are_reported_at_their_fields() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    // In Moscow it is 2026-09-21, because the clock of the tests stands still. Later days are in the future.
    for (query, expected) in [
        ("from=2026-09-20&to=2026-09-19", vec!["/to reversed"]),
        ("to=2026-09-22", vec!["/to future"]),
        ("from=9999-12-31&to=9999-12-31", vec!["/from future", "/to future"]),
        ("from=0001-01-01", vec!["/from too_early"]),
        ("to=0001-01-01", vec!["/from too_early"]),
        ("from=2023-09-01&granularity=month", vec!["/to too_long"]),
        ("from=2026-02-30&to=x&granularity=hour", vec!["/from malformed", "/to malformed", "/granularity malformed"]),
        ("service=teapots", vec!["/service unknown_service"]),
        ("service=", vec!["/service unknown_service"]),
        ("from=x&service=teapots", vec!["/from malformed", "/service unknown_service"]),
        ("from=", vec!["/from malformed"]),
    ] {
        let summary = reply::<SummarizeMovements>(&demo, ALPHA, query).await;
        assert_eq!(problems(&summary), expected, "{query}");
        assert_eq!(problems(&reply::<GetExpenses>(&demo, ALPHA, query).await), expected, "{query}");
    }
    let fine = "from=2025-09-01";
    assert_eq!(problems(&reply::<SummarizeMovements>(&demo, ALPHA, fine).await), ["/granularity too_fine"]);
    assert_eq!(problems(&reply::<GetExpenses>(&demo, ALPHA, fine).await), ["/granularity too_fine"]);
    let sideways = "direction=sideways";
    assert_eq!(problems(&reply::<SummarizeMovements>(&demo, ALPHA, sideways).await), ["/direction malformed"]);
    let foreign = reply::<SummarizeMovements>(&demo, HOTEL, "service=cdn").await;
    assert_eq!(problems(&foreign), ["/service unknown_service"], "a service of another client's ledger");
}

#[tokio::test]
async fn problems_of_limit_and_marker_are_reported_with_the_others() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    for (query, expected) in [
        ("limit=x", vec!["/limit malformed"]),
        ("limit=-1", vec!["/limit malformed"]),
        ("limit=", vec!["/limit malformed"]),
        ("limit=1.5", vec!["/limit malformed"]),
        ("limit=99999999999999999999999", vec!["/limit malformed"]),
        ("marker=e30", vec!["/marker malformed"]),
        ("marker=%D0%B9", vec!["/marker malformed"]),
        ("marker=WzIseyJkYXkiOjEsInNlcSI6MX1d", vec!["/marker malformed"]),
        (
            "to=x&service=teapots&limit=x&marker=x",
            vec!["/to malformed", "/service unknown_service", "/limit malformed", "/marker malformed"],
        ),
    ] {
        assert_eq!(problems(&reply::<ListMovements>(&demo, ALPHA, query).await), expected, "{query}");
    }
}

/// Sends a raw query string, because `LedgerQuery` cannot express all malformed query strings.
async fn send<E: Endpoint<Path = ClientPath>>(caller: &Caller, query: &str) -> Reply {
    let path = E::ROUTE.replace("{pid}", &caller.pid).replace("{client_pid}", ALPHA);
    Reply::of(caller.request(E::METHOD, &format!("{path}?{query}")).send().await.unwrap()).await
}

#[tokio::test]
async fn no_query_causes_an_internal_error() {
    let server = spawn_app_with_ledgers(3).await;
    let demo = server.demo().await;
    for query in [
        "from=%00",
        "from=%FF%FE",
        "from=2026-09-01&from=2026-09-02",
        "from=-271821-04-20",
        "to=275760-09-13",
        "service=%27%20OR%201=1--",
        "service=none%00",
        "marker=WzEseyJkYXkiOi0yMTQ3NDgzNjQ4LCJzZXEiOi05MjIzMzcyMDM2ODU0Nzc1ODA4fV0",
        "marker=WzEseyJkYXkiOjIxNDc0ODM2NDcsInNlcSI6OTIyMzM3MjAzNjg1NDc3NTgwN31d",
        "&&&=",
        "unknown=parameter",
    ] {
        for reply in [
            send::<SummarizeMovements>(&demo, query).await,
            send::<ListMovements>(&demo, query).await,
            send::<GetExpenses>(&demo, query).await,
        ] {
            assert!(reply.status.is_success() || reply.status.is_client_error(), "{query}: {}", reply.text);
        }
    }
}
