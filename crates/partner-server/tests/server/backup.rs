//! Backups: a backup that is made while clients write contains every write that was acknowledged before the backup
//! began.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use partner_api::{
    GetSession,
    endpoint::{Empty, NoPath},
};
use sqlx::Connection;

use crate::{
    commands::{Process, complaint, run_in, stdout},
    database::Data,
    load::writers,
};

fn back_up(data: &Data, copy: &Path) -> std::process::Output {
    run_in(data.path(), &["backup", copy.to_str().unwrap()])
}

fn restore(copy: &Path, folder: &Path) -> std::process::Output {
    run_in(folder, &["restore", copy.to_str().unwrap()])
}

/// Creates a database and a backup of it. Both are on SQLite even if the other tests use PostgreSQL, because the
/// command `backup` supports only SQLite.
fn copied() -> (Data, PathBuf) {
    let data = Data::filled_on_sqlite(0);
    let copy = data.path().join("copy.sqlite");
    assert!(stdout(&back_up(&data, &copy)).starts_with("Copied the database to "));
    (data, copy)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_has_every_write_acknowledged_before_it() {
    let data = Data::filled_on_sqlite(0);
    let server = Process::serve(&data, &[]);
    let mut writers = writers(&server, 4).await;
    for writer in &mut writers {
        for _ in 0..10 {
            assert!(writer.step().await);
        }
    }
    let before: BTreeSet<String> = writers.iter().flat_map(|it| it.invited.keys().cloned()).collect();
    let is_over = Arc::new(AtomicBool::new(false));
    let tasks: Vec<_> = writers
        .into_iter()
        .map(|mut writer| {
            let is_over = Arc::clone(&is_over);
            tokio::spawn(async move {
                while !is_over.load(Ordering::SeqCst) {
                    assert!(writer.step().await, "a backup blocks no writes");
                }
                writer
            })
        })
        .collect();
    let copy = data.path().join("copy.sqlite");
    let made = tokio::task::block_in_place(|| back_up(&data, &copy));
    is_over.store(true, Ordering::SeqCst);
    stdout(&made);
    let mut writers = Vec::new();
    for task in tasks {
        writers.push(task.await.unwrap());
    }
    server.kill();

    let elsewhere = Data::empty_on_sqlite();
    let restored = stdout(&restore(&copy, elsewhere.path()));
    assert!(restored.contains("Verified entries: "), "{restored}");
    let server = Process::serve(&elsewhere, &[]);
    let mut then = writers[0].caller.clone();
    then.base.clone_from(&server.base);
    let session = then.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await;
    assert_eq!(session.text, "null", "the session does not exist");

    let demo = server.demo().await;
    let emails = demo.invitations().await.into_iter().filter_map(|it| it.email);
    let found: BTreeSet<String> = emails.filter(|email| email.starts_with('w')).collect();
    let all: BTreeSet<String> = writers.iter().flat_map(|it| it.invited.keys().cloned()).collect();
    assert!(before.is_subset(&found) && found.is_subset(&all), "{} {} {}", before.len(), found.len(), all.len());
    assert!(before.len() < all.len(), "writes continued during the backup");
    assert_eq!(demo.clients().await.len(), 455);
    server.kill();
}

#[test]
fn backup_and_restore_overwrite_nothing() {
    let (data, copy) = copied();
    let written = std::fs::read(&copy).unwrap();
    assert!(complaint(&back_up(&data, &copy)).contains("already exists"));
    assert!(complaint(&restore(&copy, data.path())).contains("move the file away"));
    let elsewhere = Data::empty_on_sqlite();
    std::fs::write(elsewhere.path().join("partner.sqlite-wal"), "of another database").unwrap();
    assert!(complaint(&restore(&copy, elsewhere.path())).contains("partner.sqlite-wal already exists"));
    assert_eq!(std::fs::read(&copy).unwrap(), written);
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 1, "no file is left behind");
}

#[cfg(unix)]
#[test]
fn a_backup_is_readable_only_by_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let (_data, copy) = copied();
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let elsewhere = Data::empty_on_sqlite();
    stdout(&restore(&copy, elsewhere.path()));
    let file = elsewhere.path().join("partner.sqlite");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn an_incomplete_or_foreign_backup_is_refused() {
    let (data, copy) = copied();
    let elsewhere = Data::empty_on_sqlite();
    let refused = |file: &Path, why: &str| {
        let complaint = complaint(&restore(file, elsewhere.path()));
        assert!(complaint.contains(why), "{complaint}");
        assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    };
    refused(&data.path().join("missing"), "there is no file");
    let file = data.path().join("other");
    std::fs::write(&file, "no database").unwrap();
    refused(&file, "is not a database of this program");

    let whole = std::fs::read(&copy).unwrap();
    let mut damaged = whole.clone();
    let page = damaged.len() / 4096 / 2 * 4096;
    damaged[page..page + 4096].fill(0xa5);
    std::fs::write(&file, damaged).unwrap();
    refused(&file, "is damaged");

    std::fs::write(&file, whole).unwrap();
    let mut newer = sqlx::SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
    sqlx::query("UPDATE _sqlx_migrations SET version = 9999 WHERE version = 1").execute(&mut newer).await.unwrap();
    newer.close().await.unwrap();
    refused(&file, "newer than this program");
}

#[test]
fn backup_of_postgresql_points_to_its_own_tools() {
    let folder = tempfile::TempDir::new().unwrap();
    for command in ["backup", "restore"] {
        let url = "postgres://nobody@127.0.0.1:1/none";
        let output = run_in(folder.path(), &[command, "file", "--database-url", url]);
        assert!(complaint(&output).contains("pg_dump"));
    }
}
