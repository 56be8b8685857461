//! Several processes on one PostgreSQL database behave like one server.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use partner_api::{
    BlockClients, CreateInvitation, GetSession, SignOut, UnblockClients,
    bulk::{ClientPids, OutcomeStatus, Outcomes},
    endpoint::{Empty, NoPath},
    invitation::{Delivery, NewInvitation},
};
use partner_demo::seed;
use partner_server::{
    App,
    clock::{SystemClock, SystemEntropy},
    config::Settings,
    store::Store,
};
use reqwest::StatusCode;
use tokio::sync::Notify;

use crate::{
    commands::Process,
    database::Data,
    load::{check, check_audit, writers},
    support::{Caller, Reply},
};

const ALPHA: &str = "mcs4410000001";

fn two(data: &Data) -> (Process, Process) {
    (Process::serve(data, &[]), Process::serve(data, &[]))
}

/// An app on this database that does not listen for requests.
async fn app_on(data: &Data) -> App {
    let store = Store::open(data.location()).await.unwrap();
    App::new(Settings::new(data.path()), store, Arc::new(SystemClock), Arc::new(SystemEntropy)).unwrap()
}

fn at(caller: &Caller, server: &Process) -> Caller {
    Caller { base: server.base.clone(), ..caller.clone() }
}

async fn invite(caller: &Caller, email: &str, key: &str) -> Reply {
    let body = NewInvitation { email: email.into(), ..NewInvitation::default() };
    caller.call_with_key::<CreateInvitation>(&caller.partner(), &Empty {}, &body, key).await
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn two_processes_that_start_on_an_empty_database_create_and_fill_it_once() {
    let data = Data::empty();
    let start = || Process::serve(&data, &[]);
    let (one, two) = std::thread::scope(|scope| {
        let (one, two) = (scope.spawn(start), scope.spawn(start));
        (one.join().unwrap(), two.join().unwrap())
    });
    let (first, second) = (app_on(&data).await, app_on(&data).await);
    let (first, second) = tokio::join!(seed::demo(&first, 0, &|_, _| ()), seed::demo(&second, 0, &|_, _| ()));
    first.and(second).unwrap();
    for server in [one, two] {
        assert_eq!(server.demo().await.clients().await.len(), 455);
        server.kill();
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn every_process_accepts_the_same_sessions_and_idempotency_keys() {
    let data = Data::filled(0);
    let (one, two) = two(&data);
    let here = one.demo().await;
    let there = at(&here, &two);
    assert_ne!(there.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await.text, "null");

    let block = ClientPids { pids: vec![ALPHA.into()] };
    let reply = here.call::<BlockClients>(&here.partner(), &Empty {}, &block).await;
    assert_eq!(reply.decode::<Outcomes>().results[0].status, OutcomeStatus::Done);
    let seen = there.client_of("alpha@client.example").await.unwrap();
    assert_eq!(seen.enabled, Some(false));

    let first = invite(&here, "new@client.example", "k").await;
    let again = invite(&there, "new@client.example", "k").await;
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!((&again.text, again.header("idempotent-replayed")), (&first.text, "true"));
    assert_eq!(invite(&there, "other@client.example", "k").await.code(), "idempotency_conflict");

    assert_eq!(there.call::<SignOut>(&NoPath {}, &Empty {}, &Empty {}).await.status, StatusCode::OK);
    assert_eq!(
        here.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await.text,
        "null",
        "the session ends on every process"
    );
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn the_same_request_to_both_processes_has_one_effect_and_sends_one_email() {
    let data = Data::filled(0);
    let (one, two) = two(&data);
    let here = one.demo().await;
    let there = at(&here, &two);
    for n in 0..20 {
        let (email, key) = (format!("new{n}@client.example"), format!("k{n}"));
        let (a, b) = tokio::join!(invite(&here, &email, &key), invite(&there, &email, &key));
        assert_eq!((a.status, b.status, &a.text), (StatusCode::CREATED, StatusCode::CREATED, &b.text));
        let replayed = [a, b].iter().filter(|reply| reply.header("idempotent-replayed") == "true").count();
        assert_eq!(replayed, 1);
    }
    let started = Instant::now();
    let waiting = async || {
        let invitations = here.invitations().await;
        invitations.iter().filter(|it| it.delivery == Some(Delivery::Waiting)).count()
    };
    while waiting().await > 0 {
        assert!(started.elapsed() < Duration::from_secs(60), "the emails are not sent within a minute");
    }
    let emails = std::fs::read_dir(data.path().join("emails")).unwrap();
    let texts: Vec<String> = emails.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    let to = |text: &String| text.lines().find(|line| line.starts_with("To: ")).unwrap().to_owned();
    let recipients: BTreeSet<String> = texts.iter().map(to).collect();
    assert_eq!((texts.len(), recipients.len()), (20, 20));
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn bulk_calls_with_the_same_clients_in_opposite_order_do_not_deadlock() {
    let data = Data::filled(0);
    let (one, two) = two(&data);
    let here = one.demo().await;
    let there = at(&here, &two);
    let pids: Vec<String> = here.clients().await.into_iter().map(|client| client.pid).collect();
    let reversed = ClientPids { pids: pids.iter().rev().cloned().collect() };
    let pids = ClientPids { pids };
    let path = here.partner();
    for _ in 0..10 {
        let (a, b) = tokio::join!(
            here.call::<BlockClients>(&path, &Empty {}, &pids),
            there.call::<UnblockClients>(&path, &Empty {}, &reversed)
        );
        assert_eq!((a.status, b.status), (StatusCode::OK, StatusCode::OK));
    }
}

#[tokio::test]
#[ignore = "needs PostgreSQL: cargo xtask test postgres"]
async fn a_process_killed_under_load_loses_no_acknowledged_write() {
    let data = Data::filled(0);
    let (one, two) = two(&data);
    let mut writers = writers(&one, 6).await;
    for writer in writers.iter_mut().skip(1).step_by(2) {
        writer.caller.base.clone_from(&two.base);
    }
    let (acknowledged, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let is_over = Arc::new(AtomicBool::new(false));
    let survivor = two.base.clone();
    let tasks: Vec<_> = writers
        .into_iter()
        .map(|mut writer| {
            let (acknowledged, enough) = (Arc::clone(&acknowledged), Arc::clone(&enough));
            let (is_over, survivor) = (Arc::clone(&is_over), survivor.clone());
            tokio::spawn(async move {
                while !is_over.load(Ordering::SeqCst) {
                    if !writer.step().await {
                        // Repeat the request with the same idempotency key to the other process, as a load balancer
                        // does.
                        writer.caller.base.clone_from(&survivor);
                    } else if acknowledged.fetch_add(1, Ordering::SeqCst) % 100 == 99 {
                        enough.notify_one();
                    }
                }
                writer.settle().await;
                writer
            })
        })
        .collect();
    enough.notified().await;
    one.kill();
    // Wait until the other process has acknowledged further writes.
    enough.notified().await;
    is_over.store(true, Ordering::SeqCst);
    let mut writers = Vec::new();
    for task in tasks {
        writers.push(task.await.unwrap());
    }
    assert!(writers.iter().all(|writer| writer.caller.base == two.base));
    check(&writers).await;
    check_audit(&data, &writers);
    two.kill();
}
