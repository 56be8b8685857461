//! Reading the list of clients, a single client and its balance, and changing its identifier.

use std::collections::HashSet;

use partner_api::{
    Amount, Client, Endpoint, GetBalanceAmount, GetClient, GetClientBilling, ListClients, Method, SetClientIdentifier,
    billing::ClientBilling,
    client::{ClientIdentifier, ClientsPage, ClientsQuery, Include},
    endpoint::{Empty, ProjectPath},
};
use reqwest::StatusCode;

use crate::support::{Caller, Reply, spawn_app};

async fn list(caller: &Caller, limit: Option<u32>, marker: Option<String>, include: Option<Include>) -> Reply {
    caller.call::<ListClients>(&caller.partner(), &ClientsQuery { limit, marker, include }, &Empty {}).await
}

#[tokio::test]
async fn without_a_limit_the_list_is_the_published_bare_array() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let reply = list(&demo, None, None, None).await;
    let clients = reply.json();
    let clients = clients.as_array().unwrap();
    assert_eq!(clients.len(), 455);
    assert_eq!(
        clients[0],
        serde_json::json!({
            "pid": "mcs4410000001", "enabled": true, "phone": 74_950_000_001_u64, "ctime": 1_743_498_000,
            "title": "mcs4410000001", "attr": {"client_id": "CRM-0001"},
            "owner": {
                "email": "alpha@client.example", "uid": 900_000_001, "name": "Client alpha", "company": "alpha LLC"
            },
        })
    );
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_limit_splits_the_list_into_pages() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let page: ClientsPage = list(&demo, Some(2), None, Some(Include::Balance)).await.decode();
    assert_eq!(page.total, Some(455));
    let next: ClientsPage = list(&demo, Some(2), page.marker.clone(), None).await.decode();
    assert_eq!((next.total, next.clients.len()), (None, 2), "only the first page has the total");
    let emails: Vec<_> = page.clients.iter().map(|it| it.owner.email.as_deref().unwrap()).collect();
    assert_eq!(emails, ["alpha@client.example", "bravo@client.example"]);
    let balance = page.clients[0].balance.as_ref().unwrap();
    assert_eq!((balance.base.to_string(), balance.currency.as_str()), ("1240.5".into(), "RUB"));

    let all: ClientsPage = list(&demo, Some(1_000_000), None, None).await.decode();
    assert_eq!((all.clients.len(), all.marker), (455, None), "a larger limit means the largest");
    let all: ClientsPage = list(&demo, Some(455), None, None).await.decode();
    assert_eq!((all.clients.len(), all.marker), (455, None), "the last page has no marker");
    let one: ClientsPage = list(&demo, Some(0), None, None).await.decode();
    assert_eq!(one.clients.len(), 1, "a smaller limit means the smallest");
}

#[tokio::test]
async fn the_pages_have_every_client_once_even_if_clients_are_detached_in_between() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let whole: Vec<String> = demo.clients().await.into_iter().map(|client| client.pid).collect();
    let (mut walked, mut marker) = (Vec::new(), None);
    let mut gone = HashSet::new();
    loop {
        let page: ClientsPage = list(&demo, Some(50), marker.take(), None).await.decode();
        walked.extend(page.clients.into_iter().map(|client| client.pid));
        // Detach the last client, which the marker of the next page refers to, and another one that was already listed.
        for pid in [walked.last().unwrap().clone(), walked[walked.len() - 20].clone()] {
            let body = partner_api::bulk::ClientPids { pids: vec![pid.clone()] };
            demo.call::<partner_api::DetachClients>(&demo.partner(), &Empty {}, &body).await;
            gone.insert(pid);
        }
        let Some(next) = page.marker else { break };
        marker = Some(next);
    }
    assert_eq!(walked, whole);
    assert!(gone.len() > 10);
}

#[tokio::test]
async fn an_invalid_query_is_refused() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    for query in ["limit=x", "limit=-1", "include=secrets", "limit=5&marker=abc", "limit=5&marker=e30"] {
        let path = format!("{}?{query}", ListClients::url(&demo.partner(), &ClientsQuery::default()));
        let reply = Reply::of(demo.request(Method::Get, &path).send().await.unwrap()).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(reply.json()["error"].is_string(), "{query}");
    }
}

#[tokio::test]
async fn large_lists_are_compressed_if_the_caller_accepts_it() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let path = ListClients::url(&demo.partner(), &ClientsQuery::default());
    let reply = demo.request(Method::Get, &path).header("accept-encoding", "gzip").send().await.unwrap();
    assert_eq!(reply.headers()["content-encoding"], "gzip");
    assert!(reply.headers()["vary"].to_str().unwrap().contains("accept-encoding"));
    let small = demo.request(Method::Get, "/api/v1/auth/session").header("accept-encoding", "gzip").send().await;
    assert!(small.unwrap().headers().get("content-encoding").is_none(), "the reply with the token is not compressed");
}

#[tokio::test]
async fn a_single_client_equals_the_one_in_the_list() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let listed = demo.client_of("charlie@client.example").await.unwrap();
    let one: Client = demo.call::<GetClient>(&demo.client(&listed.pid), &Empty {}, &Empty {}).await.decode();
    assert_eq!(one, listed);
    assert_eq!(one.owner.name, None);
}

#[tokio::test]
async fn the_identifier_can_be_changed_and_removed() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let path = demo.client("mcs4410000001");
    let set = async |text: &str| {
        let body = ClientIdentifier { client_id: text.into(), previous_client_id: None };
        demo.call::<SetClientIdentifier>(&path, &Empty {}, &body).await
    };
    let changed: Client = set("  Договор № 7 ").await.decode();
    assert_eq!(changed.attr.client_id.as_deref(), Some("Договор № 7"));
    assert_eq!(demo.client_of("alpha@client.example").await, Some(changed));
    let composed: Client = set("e\u{301}").await.decode();
    assert_eq!(composed.attr.client_id.as_deref(), Some("é"), "stored in NFC");
    let removed: Client = set("").await.decode();
    assert_eq!(removed.attr.client_id, None);

    let long = set(&"x".repeat(256)).await;
    assert_eq!((long.status, long.text.as_str()), (StatusCode::BAD_REQUEST, r#"{"error":"client_id: too_long"}"#));
    assert_eq!(set("a\nb").await.text, r#"{"error":"client_id: control_character"}"#);
}

#[tokio::test]
async fn a_change_of_an_outdated_identifier_is_a_conflict() {
    let server = spawn_app().await;
    let (anna, boris) = (server.demo().await, server.demo().await);
    let set = async |caller: &Caller, from: &str, to: &str| {
        let body = ClientIdentifier { client_id: to.into(), previous_client_id: Some(from.into()) };
        caller.call::<SetClientIdentifier>(&caller.client("mcs4410000001"), &Empty {}, &body).await
    };
    assert_eq!(set(&anna, "CRM-0001", "A").await.status, StatusCode::OK);
    let late = set(&boris, "CRM-0001", "B").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(late.text, r#"{"error":"The identifier was changed by another user in the meantime"}"#);
    assert_eq!(set(&anna, "CRM-0001", "A").await.status, StatusCode::OK, "a retry after a lost reply");
    assert_eq!(set(&boris, "A", "").await.status, StatusCode::OK);
    assert_eq!(set(&boris, "", "B").await.status, StatusCode::OK, "a client without an identifier");
    assert_eq!(boris.client_of("alpha@client.example").await.unwrap().attr.client_id.as_deref(), Some("B"));
}

#[tokio::test]
async fn balances_are_exact() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let billing = async |pid: &str| -> ClientBilling {
        demo.call::<GetClientBilling>(&demo.client(pid), &Empty {}, &Empty {}).await.decode()
    };
    let amount = |text: &str| Some(text.parse::<Amount>().unwrap());
    let alpha = billing("mcs4410000001").await;
    assert_eq!((alpha.balance, alpha.bonus), (amount("1390.5"), amount("150")));
    let foxtrot = billing("mcs4410000006").await;
    assert_eq!((foxtrot.balance, foxtrot.currency.as_deref()), (amount("-15320.45"), Some("RUB")));
    assert_eq!(billing("mcs4410000014").await.currency.as_deref(), Some("KZT"));

    let hotel = ProjectPath { pid: "mcs4410000013".into() };
    let reply = demo.call::<GetBalanceAmount>(&hotel, &Empty {}, &Empty {}).await;
    assert_eq!(reply.text, r#"{"base":0.004,"bonus":0}"#, "numbers, as published");
}
