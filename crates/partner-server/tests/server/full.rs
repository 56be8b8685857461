//! No room on the disk: everything can be read, a change is refused in words of its own, and what was acknowledged stays.
//! A limit on the size of files stands for the disk: to set one, a test needs no rights that it may lack.

use partner_api::{
    BlockClients, ExportMovements, GetBalance,
    bulk::{ClientPids, OutcomeStatus, Outcomes},
    endpoint::Empty,
    ledger::LedgerQuery,
};
use partner_server::seed::{DEMO_EMAIL, DEMO_PASSWORD};
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
async fn without_room_all_can_be_read_and_with_room_again_all_goes_on() {
    let data = Data::filled_on_sqlite(0);
    // The journal is written to until it is written back, at 4 MB.
    let server = Process::serve_with_files_of(&data, 1_000_000);
    let mut writers = writers(&server, 2).await;
    let mut refused = 0;
    for _ in 0..1000 {
        if !writers[0].step().await {
            refused += 1;
            // The other one is refused as well, over and over.
            assert!(refused == 1 || !writers[1].step().await);
        }
        if refused == 20 {
            break;
        }
    }
    assert_eq!(refused, 20, "the disk was full");
    assert!(writers[0].count() > 10, "it was not from the start");

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
    assert_eq!(ready.status(), StatusCode::OK, "a proxy that took it out would keep everybody from reading");

    server.unlimit();
    for writer in &mut writers {
        writer.settle().await;
        assert!(writer.step().await);
    }
    let reply = demo.call_with_key::<BlockClients>(&demo.partner(), &Empty {}, &block, "once").await;
    assert_eq!(reply.decode::<Outcomes>().results[0].status, OutcomeStatus::Done, "the refusal was not kept");
    check(&writers).await;
    server.kill();
    check_audit(&data, &writers);
    let mut database = data.connect().await;
    let found: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut database).await.unwrap();
    assert_eq!(found, "ok");
    database.close().await.unwrap();
}
