//! Behaviour that is specific to PostgreSQL, such as locks and connection limits.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use partner_api::{
    BlockClients, GetSession,
    bulk::ClientPids,
    endpoint::{Empty, NoPath},
};
use partner_server::store::{PostgresUrl, Store};
use reqwest::StatusCode;
use sqlx::{AnyConnection, Connection, Executor, Row};
use tempfile::TempDir;

use crate::{
    database::Data,
    support::{spawn_app, spawn_app_on},
};

async fn columns(database: &mut AnyConnection, sql: &'static str) -> BTreeSet<(String, String)> {
    let rows = sqlx::query(sql).fetch_all(database).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn both_engines_have_the_same_tables_and_columns() {
    let server = spawn_app().await;
    let folder = TempDir::new().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let file = format!("sqlite:{}/partner.sqlite", folder.path().display());
    let of_sqlite = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
                     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '_sqlx%'";
    let of_postgres = "SELECT table_name::text, column_name::text FROM information_schema.columns
                       WHERE table_schema = 'public' AND table_name NOT LIKE '_sqlx%'";
    let sqlite = columns(&mut AnyConnection::connect(&file).await.unwrap(), of_sqlite).await;
    let postgres = columns(&mut server.database().await, of_postgres).await;
    assert!(sqlite.len() > 100);
    assert_eq!(sqlite, postgres, "both engines have the same migrations");
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn texts_are_sorted_by_bytes_with_any_collation_of_the_database() {
    let server = spawn_app().await;
    let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns
               WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'
               AND table_name NOT LIKE '_sqlx%'";
    assert_eq!(columns(&mut server.database().await, sql).await, BTreeSet::new());
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn a_text_that_postgresql_cannot_store_is_a_400() {
    let server = spawn_app().await;
    let reply = server.anonymous().sign_in("a\0@partner.example", "whatever it may be").await;
    let error = r#"{"error":"A text contains a character that cannot be stored"}"#;
    assert_eq!((reply.status, reply.text.as_str()), (StatusCode::BAD_REQUEST, error));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn a_database_that_does_not_answer_gives_a_503_soon_and_requests_work_afterwards() {
    let server = spawn_app().await;
    let demo = server.demo().await;
    let mut database = server.database().await;
    database.execute("BEGIN").await.unwrap();
    database.execute("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE").await.unwrap();
    // Send more requests than there are connections, so that some wait for the lock and the others wait for a
    // connection.
    let started = Instant::now();
    let calls = (0..30).map(|_| demo.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}));
    for reply in futures_util::future::join_all(calls).await {
        assert_eq!((reply.status, reply.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "unavailable"));
        assert_eq!(reply.header("retry-after"), "1");
    }
    assert!(
        started.elapsed() < Duration::from_secs(12),
        "the calls fail well before the time limit of 15 seconds for any call"
    );
    database.execute("ROLLBACK").await.unwrap();
    let reply = demo.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_ne!(reply.text, "null", "the session is still valid");
}

#[test]
fn the_password_of_the_database_is_not_printed() {
    let url: PostgresUrl = "postgres://user:s3cret@db.example:5432/partner".parse().unwrap();
    assert!(!format!("{url:?}").contains("s3cret"));
    assert!("mysql://db.example".parse::<PostgresUrl>().is_err());
}

/// Tests a backup with `pg_dump` and `pg_restore`. docs/deployment.md tells operators to run the same commands, so
/// change both together.
#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn a_dump_restored_elsewhere_has_the_whole_database() {
    let data = Arc::new(Data::filled(0));
    let server = spawn_app_on(Arc::clone(&data)).await;
    let demo = server.demo().await;
    let block = ClientPids { pids: vec!["mcs4410000001".into()] };
    demo.call::<BlockClients>(&demo.partner(), &Empty {}, &block).await;
    let (clients, invitations) = (demo.clients().await, demo.invitations().await);
    let dump = data.path().join("partner.dump");
    let run = |program: &str, args: &[&str]| {
        let output = std::process::Command::new(program).args(args).output().unwrap();
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    };
    run("pg_dump", &["--format=custom", "--no-owner", "--file", dump.to_str().unwrap(), data.url().unwrap()]);

    let elsewhere = Data::empty();
    let target = elsewhere.url().unwrap();
    let flags = ["--exit-on-error", "--single-transaction", "--no-owner", "--dbname", target];
    run("pg_restore", &[&flags[..], &[dump.to_str().unwrap()]].concat());
    let server = spawn_app_on(Arc::new(elsewhere)).await;
    let demo = server.demo().await;
    assert_eq!((demo.clients().await, demo.invitations().await), (clients, invitations));
    assert!(server.store().await.verify_audit().await.unwrap().is_ok());
}
