//! Reading ledgers over HTTP. The ledgers come from the demonstration data, or the tests book movements.

mod booking;
mod known;
mod lines;
mod refusals;

use partner_api::{
    Endpoint, UnixTime,
    endpoint::{ClientPath, Empty},
    ledger::LedgerQuery,
};
use reqwest::StatusCode;

use crate::support::{Caller, Reply};

/// A client with few movements, so that tests can check exact figures. The demonstration data defines this ledger in
/// the function `small`.
const ALPHA: &str = "mcs4410000001";
/// A client with 10,000 movements in August 2026.
const CHARLIE: &str = "mcs4410000003";
const DELTA: &str = "mcs4410000004";
const ECHO: &str = "mcs4410000005";
const FOXTROT: &str = "mcs4410000006";
const GOLF: &str = "mcs4410000007";
/// A client without movements.
const HOTEL: &str = "mcs4410000013";
const INDIA: &str = "mcs4410000014";

/// Parses a time in Moscow, such as `2026-09-20T10:00`.
fn at(text: &str) -> UnixTime {
    format!("{text}:00+03:00").parse::<partner_api::Instant>().unwrap().0
}

fn query(text: &str) -> LedgerQuery {
    serde_urlencoded::from_str(text).unwrap()
}

/// Sends a request with this query string, and returns the decoded reply. Panics if the request fails.
async fn get<E>(caller: &Caller, client: &str, text: &str) -> E::Reply
where
    E: Endpoint<Path = ClientPath, Query = LedgerQuery, Body = Empty>,
{
    let reply = reply::<E>(caller, client, text).await;
    assert_eq!(reply.status, StatusCode::OK, "{text}: {}", reply.text);
    reply.decode()
}

async fn reply<E>(caller: &Caller, client: &str, text: &str) -> Reply
where
    E: Endpoint<Path = ClientPath, Query = LedgerQuery, Body = Empty>,
{
    caller.call::<E>(&caller.client(client), &query(text), &Empty {}).await
}
