//! The entries of the audit log form a hash chain, so verification finds changed, deleted and inserted entries.

use partner_api::{BlockClients, bulk::ClientPids, endpoint::Empty};
use partner_server::store::audit::Broken;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::{
    commands::{complaint, run, stdout},
    database::Data,
    support::{Server, spawn_app},
};

/// Starts a server, adds 90 entries to its audit log with one request, and makes the log changeable. The server inserts
/// so many entries with several SQL statements, which must all continue the same hash chain.
async fn filled() -> (Server, AnyConnection) {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let pids = (1..=90).map(|n| format!("mcs{n}")).collect();
    demo.call::<BlockClients>(&demo.partner(), &Empty {}, &ClientPids { pids }).await;
    let mut database = server.database().await;
    unlock(&mut database, server.is_on_postgres()).await;
    (server, database)
}

/// Drops the database triggers that prevent changes of the audit log, so that a test can change entries.
async fn unlock(database: &mut AnyConnection, is_postgres: bool) {
    if is_postgres {
        return tamper(database, "DROP TRIGGER audit_keeps_rows ON audit").await;
    }
    for trigger in ["audit_keeps_rows", "audit_keeps_values"] {
        tamper(database, format!("DROP TRIGGER {trigger}")).await;
    }
}

async fn tamper(database: &mut AnyConnection, sql: impl Into<String>) {
    sqlx::raw_sql(AssertSqlSafe(sql.into())).execute(database).await.unwrap();
}

async fn verified(server: &Server) -> Result<i64, Broken> {
    let store = server.store().await;
    let verified = store.verify_audit().await.unwrap();
    store.close().await;
    verified.map(|whole| whole.lines)
}

#[tokio::test]
async fn an_unchanged_log_is_verified() {
    let (server, mut database) = filled().await;
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM audit").fetch_one(&mut database).await.unwrap();
    assert!(count > 90);
    assert_eq!(verified(&server).await, Ok(count));
}

#[tokio::test]
async fn a_change_of_any_value_of_an_entry_is_found() {
    let (server, mut database) = filled().await;
    for column in
        ["at", "actor", "partner_pid", "action", "subject", "result", "before", "after", "operation_id", "request_id"]
    {
        tamper(&mut database, format!("CREATE TABLE kept AS SELECT {column} AS value FROM audit WHERE seq = 20")).await;
        let value = if column == "at" { "at + 1" } else { "'another'" };
        tamper(&mut database, format!("UPDATE audit SET {column} = {value} WHERE seq = 20")).await;
        assert_eq!(verified(&server).await, Err(Broken::Changed(20)), "{column}");
        let restored = format!("UPDATE audit SET {column} = (SELECT value FROM kept) WHERE seq = 20");
        tamper(&mut database, restored).await;
        tamper(&mut database, "DROP TABLE kept").await;
        assert!(verified(&server).await.is_ok(), "{column}");
    }
}

#[tokio::test]
async fn deleted_entries_are_found() {
    let (server, mut database) = filled().await;
    tamper(&mut database, "DELETE FROM audit WHERE seq = 30").await;
    assert_eq!(verified(&server).await, Err(Broken::Split(31)));
    tamper(&mut database, "DELETE FROM audit WHERE seq >= 30").await;
    assert_eq!(verified(&server).await, Err(Broken::End));
}

#[tokio::test]
async fn an_inserted_entry_is_found() {
    let (server, mut database) = filled().await;
    let copied = "INSERT INTO audit (at, actor, partner_pid, action, subject, result, operation_id, request_id)
                  SELECT at, actor, partner_pid, action, subject, result, operation_id, request_id FROM audit
                  WHERE seq = 10 RETURNING seq";
    let seq: i64 = sqlx::query_scalar(copied).fetch_one(&mut database).await.unwrap();
    assert_eq!(verified(&server).await, Err(Broken::Changed(seq)));
}

#[test]
fn the_command_prints_the_result_of_the_verification() {
    let data = Data::empty();
    stdout(&run(&data, &["create-partner", "--email", "me@partner.example", "--title", "We"]));
    let colleague = ["create-user", "--email", "you@partner.example", "--colleague", "me@partner.example"];
    stdout(&run(&data, &[&colleague[..], &["--role", "viewer"]].concat()));
    assert!(stdout(&run(&data, &["audit", "verify"])).starts_with("Verified entries: 2."));

    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let mut database = data.connect().await;
        unlock(&mut database, data.url().is_some()).await;
        tamper(&mut database, "UPDATE audit SET actor = 'nobody' WHERE seq = 1").await;
    });
    let complaint = complaint(&run(&data, &["audit", "verify"]));
    assert!(complaint.contains("entry 1 of the audit log was changed"), "{complaint}");
}
