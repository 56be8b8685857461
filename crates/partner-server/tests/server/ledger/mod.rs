//! The ledger over HTTP, on the demonstration's ledgers and on movements that tests book.

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

/// A client with a small ledger for exact figures, see `small` in the known ledgers of the demonstration.
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

/// The instant of a time in Moscow, such as `2026-09-20T10:00`.
fn at(text: &str) -> UnixTime {
    format!("{text}:00+03:00").parse::<partner_api::Instant>().unwrap().0
}

/// The query with the parameters of a query string.
fn query(text: &str) -> LedgerQuery {
    serde_urlencoded::from_str(text).unwrap()
}

/// The reply to a successful call.
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
