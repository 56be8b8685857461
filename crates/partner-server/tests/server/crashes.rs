//! Kills the server repeatedly while clients write. The server must not lose an acknowledged write.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use rand::{RngExt, SeedableRng, rngs::SmallRng};
use sqlx::Row;
use tokio::sync::Notify;

use crate::{
    commands::Process,
    database::Data,
    load::{Writer, check, check_audit, writers},
};

/// How often the test kills the server: three times, or as often as `PARTNER_TEST_KILLS` says.
fn kills() -> usize {
    std::env::var("PARTNER_TEST_KILLS").map_or(3, |kills| kills.parse().unwrap())
}

/// Lets all writers write until `after` writes are acknowledged, and then kills the server during further writes.
/// Returns the writers.
async fn kill_under_load(server: Process, writers: Vec<Writer>, after: usize) -> Vec<Writer> {
    let (acknowledged, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let tasks: Vec<_> = writers
        .into_iter()
        .map(|mut writer| {
            let (acknowledged, enough) = (Arc::clone(&acknowledged), Arc::clone(&enough));
            tokio::spawn(async move {
                while writer.step().await {
                    if acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == after {
                        enough.notify_one();
                    }
                }
                writer
            })
        })
        .collect();
    enough.notified().await;
    server.kill();
    let mut writers = Vec::new();
    for task in tasks {
        writers.push(task.await.unwrap());
    }
    writers
}

#[tokio::test]
async fn acknowledged_writes_survive_a_kill() {
    let started = Instant::now();
    let data = Data::filled(0);
    let mut random = SmallRng::seed_from_u64(2026);
    let mut server = Process::serve(&data, &[]);
    let mut all = writers(&server, 4).await;
    for _ in 0..kills() {
        all = kill_under_load(server, all, random.random_range(1..60)).await;
        if data.url().is_none() {
            let mut database = data.connect().await;
            let report = sqlx::query("PRAGMA integrity_check").fetch_all(&mut database).await.unwrap();
            let report: Vec<String> = report.iter().map(|row| row.get(0)).collect();
            assert_eq!(report, ["ok"]);
            let orphans = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut database).await.unwrap();
            assert!(orphans.is_empty());
        }
        server = Process::serve(&data, &[]);
        for writer in &mut all {
            writer.caller.base.clone_from(&server.base);
            writer.settle().await;
        }
        check(&all).await;
    }
    server.kill();
    check_audit(&data, &all);
    let acknowledged: usize = all.iter().map(Writer::count).sum();
    assert!(acknowledged >= kills(), "writes were acknowledged before the kill");
    report(&format!("{acknowledged} writes survived {} kills in {} s", kills(), started.elapsed().as_secs()));
}

#[expect(clippy::print_stderr, reason = "a long run prints the number of writes that survived")]
fn report(line: &str) {
    eprintln!("{line}");
}
