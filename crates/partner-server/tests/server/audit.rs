//! Changes write entries to the audit log, and the database refuses to change or delete entries.

use partner_api::{
    BlockClients, DetachClients, SetClientIdentifier,
    bulk::{ClientPids, Outcomes},
    client::ClientIdentifier,
    endpoint::Empty,
};
use partner_server::store::audit::Line;
use reqwest::StatusCode;
use sqlx::{Executor, Row};

use crate::support::{Server, spawn_app};

async fn lines(server: &Server, action: &str) -> Vec<Line> {
    let lines = server.app.audit_lines(10_000).await.unwrap();
    lines.into_iter().filter(|line| line.action == action).collect()
}

#[tokio::test]
async fn a_bulk_call_writes_an_entry_for_each_client_under_one_operation() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let all: Vec<String> = demo.clients().await.into_iter().map(|client| client.pid).collect();
    let body = ClientPids { pids: all.iter().cloned().chain(["mcs1".into()]).collect() };
    let reply = demo.call::<BlockClients>(&demo.partner(), &Empty {}, &body).await;
    let outcomes: Outcomes = reply.decode();
    let lines = lines(&server, "clients_blocked").await;
    assert_eq!(lines.len(), 456);
    assert!(lines.iter().all(|line| line.operation_id == outcomes.operation_id));
    assert!(lines.iter().all(|line| line.request_id == reply.header("x-req-id")));
    assert!(lines.iter().all(|line| line.actor == "demo@partner.example"));
    let fields = |line: &Line| (line.subject.clone(), line.result.clone(), line.before.clone(), line.after.clone());
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(fields(&lines[0]), ("mcs4410000001".into(), "done".into(), text("active"), text("blocked")));
    assert_eq!(fields(&lines[1]), ("mcs4410000002".into(), "already".into(), text("blocked"), text("blocked")));
    assert_eq!(fields(&lines[455]), ("mcs1".into(), "not_found".into(), None, None));
}

#[tokio::test]
async fn a_change_fails_if_its_audit_entry_cannot_be_written() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let mut database = server.database().await;
    database.execute("ALTER TABLE audit RENAME TO gone").await.unwrap();
    let body = ClientPids { pids: vec!["mcs4410000001".into()] };
    let reply = demo.call_with_key::<DetachClients>(&demo.partner(), &Empty {}, &body, "k").await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "internal"));
    assert!(!reply.text.contains("audit"), "the reply reveals no internals");
    assert!(demo.client_of("alpha@client.example").await.is_some());

    database.execute("ALTER TABLE gone RENAME TO audit").await.unwrap();
    let reply = demo.call_with_key::<DetachClients>(&demo.partner(), &Empty {}, &body, "k").await;
    assert_eq!((reply.status, reply.header("idempotent-replayed")), (StatusCode::OK, ""));
    assert_eq!(demo.client_of("alpha@client.example").await, None);
}

#[tokio::test]
async fn the_entry_of_a_changed_identifier_has_the_old_and_the_new_value() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let body = ClientIdentifier { client_id: "new".into(), previous_client_id: None };
    demo.call::<SetClientIdentifier>(&demo.client("mcs4410000001"), &Empty {}, &body).await;
    let lines = lines(&server, "identifier_set").await;
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].before.as_deref(), lines[0].after.as_deref()), (Some("CRM-0001"), Some("new")));
}

#[tokio::test]
async fn entries_cannot_be_changed_or_deleted() {
    let server = spawn_app().await;
    let mut database = server.database().await;
    for change in ["UPDATE audit SET actor = 'nobody'", "DELETE FROM audit"] {
        let error = database.execute(change).await.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
    let count: i64 = sqlx::query("SELECT COUNT(*) FROM audit").fetch_one(&mut database).await.unwrap().get(0);
    assert!(count >= 4);
}
