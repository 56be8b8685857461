//! Blocking, unblocking and detaching many clients with one request.

use partner_api::{
    BlockClients, DetachClients, Endpoint, GetClient, Outcome, OutcomeStatus as Status, UnblockClients,
    bulk::{ClientPids, Outcomes},
    endpoint::{Empty, PartnerPath},
};
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Caller, Reply, spawn_app};

const ALPHA: &str = "mcs4410000001";
const BRAVO: &str = "mcs4410000002";
const CHARLIE: &str = "mcs4410000003";
const HELD_ALWAYS: &str = "mcs4410000008";
const HELD_ONCE: &str = "mcs4410000009";

async fn call<E>(caller: &Caller, pids: &[&str]) -> Reply
where
    E: Endpoint<Path = PartnerPath, Query = Empty, Body = ClientPids>,
{
    let body = ClientPids { pids: pids.iter().map(|pid| (*pid).to_owned()).collect() };
    caller.call::<E>(&caller.partner(), &Empty {}, &body).await
}

fn statuses(reply: &Reply) -> Vec<(String, Status)> {
    reply.decode::<Outcomes>().results.into_iter().map(|it| (it.pid, it.status)).collect()
}

async fn is_enabled(caller: &Caller, pid: &str) -> Option<bool> {
    let reply = caller.call::<GetClient>(&caller.client(pid), &Empty {}, &Empty {}).await;
    (reply.status == StatusCode::OK).then(|| reply.decode::<partner_api::Client>().enabled.unwrap())
}

#[tokio::test]
async fn outcomes_are_in_the_order_of_the_request() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let reply = call::<BlockClients>(&demo, &[CHARLIE, "mcs1", BRAVO, HELD_ALWAYS, ALPHA, CHARLIE]).await;
    assert_eq!(reply.status, StatusCode::OK);
    let Outcomes { operation_id, results } = reply.decode();
    assert_eq!(operation_id.len(), 32);
    let summary_of = |it: &Outcome| (it.pid.clone(), it.status, it.code.clone().unwrap_or_default());
    assert_eq!(
        results.iter().map(summary_of).collect::<Vec<_>>(),
        [
            (CHARLIE.into(), Status::Done, String::new()),
            ("mcs1".into(), Status::NotFound, "not_found".into()),
            (BRAVO.into(), Status::Already, "already_blocked".into()),
            (HELD_ALWAYS.into(), Status::Conflict, "held".into()),
            (ALPHA.into(), Status::Done, String::new()),
        ]
    );
    assert!(results.iter().all(|it| it.detail.is_some() == it.code.is_some()));
    assert_eq!(is_enabled(&demo, ALPHA).await, Some(false));
    assert_eq!(is_enabled(&demo, HELD_ALWAYS).await, Some(true));
}

#[tokio::test]
async fn blocking_and_unblocking_undo_each_other() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let before = demo.clients().await;
    assert_eq!(statuses(&call::<BlockClients>(&demo, &[ALPHA]).await), [(ALPHA.into(), Status::Done)]);
    assert_eq!(statuses(&call::<BlockClients>(&demo, &[ALPHA]).await), [(ALPHA.into(), Status::Already)]);
    assert_eq!(statuses(&call::<UnblockClients>(&demo, &[ALPHA]).await), [(ALPHA.into(), Status::Done)]);
    assert_eq!(statuses(&call::<UnblockClients>(&demo, &[ALPHA]).await), [(ALPHA.into(), Status::Already)]);
    assert_eq!(demo.clients().await, before);
}

#[tokio::test]
async fn a_detached_client_leaves_the_list_and_keeps_its_project() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let reply = call::<DetachClients>(&demo, &[ALPHA, BRAVO]).await;
    assert_eq!(statuses(&reply), [(ALPHA.into(), Status::Done), (BRAVO.into(), Status::Done)]);
    assert_eq!(demo.clients().await.len(), 453);
    assert_eq!(is_enabled(&demo, ALPHA).await, None);
    assert_eq!(statuses(&call::<DetachClients>(&demo, &[ALPHA]).await), [(ALPHA.into(), Status::NotFound)]);
    let kept = sqlx::query("SELECT 1 FROM clients WHERE pid = $1 AND partner_pid IS NULL AND enabled = 1").bind(ALPHA);
    assert!(kept.fetch_optional(&mut server.database().await).await.unwrap().is_some());
}

#[tokio::test]
async fn a_client_held_once_can_be_changed_by_the_second_request() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let block = async || statuses(&call::<BlockClients>(&demo, &[HELD_ONCE]).await)[0].1;
    assert_eq!(block().await, Status::Conflict);
    assert_eq!(block().await, Status::Done);
    assert_eq!(block().await, Status::Already);
}

#[tokio::test]
async fn empty_and_too_long_lists_are_refused_and_change_nothing() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let none = call::<BlockClients>(&demo, &[]).await;
    assert_eq!((none.status, none.code().as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "invalid"));
    assert_eq!(none.json()["errors"], json!([{"pointer": "/pids", "code": "required"}]));

    let mut pids: Vec<String> = (0..1000).map(|n| format!("mcs{n}")).collect();
    pids.push(ALPHA.into());
    let pids: Vec<&str> = pids.iter().map(String::as_str).collect();
    let many = call::<BlockClients>(&demo, &pids).await;
    assert_eq!(many.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(many.json()["errors"], json!([{"pointer": "/pids", "code": "too_many"}]));
    assert_eq!(is_enabled(&demo, ALPHA).await, Some(true));

    let repeated: Vec<&str> = [ALPHA, BRAVO].repeat(700);
    assert_eq!(call::<BlockClients>(&demo, &repeated).await.decode::<Outcomes>().results.len(), 2);
}
