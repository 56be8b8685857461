//! If the disk is full, reading works, changes are refused with 507, and no acknowledged write is lost.
//! The tests limit the size of files instead of filling a disk, because that needs no privileges.

use partner_api::{
    BlockClients, ExportMovements, GetBalance,
    bulk::{ClientPids, OutcomeStatus, Outcomes},
    endpoint::Empty,
    ledger::LedgerQuery,
};
use partner_demo::seed::{DEMO_EMAIL, DEMO_PASSWORD};
use reqwest::StatusCode;
use sqlx::Connection;

use crate::{
    commands::Process,
    database::Data,
    load::{check, check_audit, writers},
    support::Caller,
};

const ALPHA: &str = "mcs4410000001";

#[tokio::test]
async fn a_full_disk_allows_reading_and_free_space_resumes_writing() {
    let data = Data::filled_on_sqlite(0);
    // The limit of 1 MB is reached soon, because SQLite's write-ahead log grows to 4 MB before a checkpoint resets it.
    let server = Process::serve_with_files_of(&data, 1_000_000);
    let mut writers = writers(&server, 2).await;
    let mut refused = 0;
    for _ in 0..1000 {
        if !writers[0].step().await {
            refused += 1;
            // As long as the disk is full, requests of the second writer are refused, too.
            assert!(refused == 1 || !writers[1].step().await);
        }
        if refused == 20 {
            break;
        }
    }
    assert_eq!(refused, 20, "the disk was full");
    assert!(writers[0].count() > 10, "writing worked at first");

    let demo = writers[0].caller.clone();
    assert_eq!(demo.clients().await.len(), 455);
    assert!(demo.invitations().await.len() > 10);
    let balance = demo.call::<GetBalance>(&demo.client(ALPHA), &Empty {}, &Empty {}).await;
    assert_eq!(balance.status, StatusCode::OK, "{}", balance.text);
    let csv = LedgerQuery { format: Some("csv".into()), locale: Some("en".into()), ..LedgerQuery::default() };
    let file = demo.call::<ExportMovements>(&demo.client(ALPHA), &csv, &Empty {}).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);

    let block = ClientPids { pids: vec![ALPHA.into()] };
    let reply = demo.call_with_key::<BlockClients>(&demo.partner(), &Empty {}, &block, "once").await;
    assert_eq!((reply.status, &*reply.code()), (StatusCode::INSUFFICIENT_STORAGE, "not_writable"));
    assert_eq!(demo.client_of("alpha@client.example").await.unwrap().enabled, Some(true), "nothing was changed");
    let reply = Caller::anonymous(server.base.clone()).sign_in(DEMO_EMAIL, DEMO_PASSWORD).await;
    assert_eq!(reply.status, StatusCode::INSUFFICIENT_STORAGE, "{}", reply.text);
    let ready = demo.http.get(format!("{}/readyz", server.base)).send().await.unwrap();
    assert_eq!(
        ready.status(),
        StatusCode::OK,
        "the server stays ready, because a proxy would otherwise stop all reads"
    );

    server.unlimit();
    for writer in &mut writers {
        writer.settle().await;
        assert!(writer.step().await);
    }
    let reply = demo.call_with_key::<BlockClients>(&demo.partner(), &Empty {}, &block, "once").await;
    assert_eq!(reply.decode::<Outcomes>().results[0].status, OutcomeStatus::Done, "the refusal was not stored");
    check(&writers).await;
    server.kill();
    check_audit(&data, &writers);
    let mut database = data.connect().await;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut database).await.unwrap();
    assert_eq!(found, "ok");
    database.close().await.unwrap();
}
