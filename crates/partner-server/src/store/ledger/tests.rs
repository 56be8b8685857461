//! Checks that booking movements one by one stores the same data as booking all of them at once, and that no query
//! scans the whole ledger.

use partner_api::{Day, Period, UnixTime, ledger::LedgerFilter};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use sqlx::{AssertSqlSafe, Row};
use tempfile::TempDir;

use super::{CLOSING_BEFORE, FIRST_OPENING, LineMarker, SUMS, averages, lines_query, write};
use crate::{
    ledger::{
        book::{Book, BookedDay, Booking},
        tests::{START, any_bookings, group_of},
    },
    store::{QueryBuilder, Store},
};

/// Creates a store with one partner. The partner has two clients with empty ledgers, `one` and `two`.
async fn store() -> (Store, TempDir) {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    for sql in [
        "INSERT INTO partners (pid, created_at) VALUES ('partner', 0)",
        "INSERT INTO clients (pid, partner_pid, uid, email, email_key, created_at)
         VALUES ('one', 'partner', 1, 'a@b', 'a@b', 0), ('two', 'partner', 2, 'c@d', 'c@d', 0)",
        "INSERT INTO services (code, name, service_group)
         VALUES ('cdn', 'CDN', 'Network'), ('dns', 'DNS', 'Network'), ('vm', 'VM', 'Computing'), ('s3', 'S3', 'Storage')",
    ] {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
    (store, folder)
}

/// Returns all stored data of a client except the PID, so that two clients can be compared.
async fn stored(store: &Store, client: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (table, columns) in [
        (
            "movements",
            "day, seq, number, at, service, direction, kind, account, description, exact_micros,
             counted_micros, balance_micros",
        ),
        ("movement_sums", "day, service, direction, counted_micros, lines, rounded"),
        ("ledger_days", "day, debits_micros, deposits_micros, debits_total, closing_micros"),
        ("ledger_services", "service"),
        ("bonuses", "number, left_micros, service_group, expires"),
    ] {
        let sql = format!("SELECT json_array('{table}', {columns}) FROM {table} WHERE client_pid = $1 ORDER BY 1");
        let query = sqlx::query_scalar::<_, String>(AssertSqlSafe(sql)).bind(client);
        found.extend(query.fetch_all(&mut *store.read().await.unwrap()).await.unwrap());
    }
    found
}

#[tokio::test]
async fn booking_one_by_one_stores_what_booking_at_once_computes() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..12 {
        let bookings = any_bookings().new_tree(&mut runner).unwrap().current();
        let (store, _folder) = store().await;
        for booking in &bookings {
            store.book("one", std::slice::from_ref(booking)).await.unwrap();
        }
        let mut book = Book::new(0, Vec::new());
        for booking in &bookings {
            book.book(booking, group_of(booking.entry.service())).unwrap();
        }
        let mut tx = store.begin().await.unwrap();
        let days: Vec<(&str, &BookedDay)> = book.closed.iter().chain(&book.open).map(|day| ("two", day)).collect();
        write::insert_days(&mut tx, &days).await.unwrap();
        write::insert_bonuses(&mut tx, "two", &book.bonuses).await.unwrap();
        tx.commit().await.unwrap();
        let one = stored(&store, "one").await;
        assert!(one.len() > bookings.len() / 4);
        assert_eq!(one, stored(&store, "two").await);
        let sql = "SELECT base_micros, bonus_micros FROM clients WHERE pid = 'one'";
        let row = sqlx::query(sql).fetch_one(&mut *store.read().await.unwrap()).await.unwrap();
        assert_eq!((row.get(0), row.get(1)), (book.base, book.bonus));
    }
}

#[tokio::test]
async fn a_failed_booking_changes_nothing() {
    let (store, _folder) = store().await;
    let booking = |at, micros| Booking {
        at: UnixTime { millis: at },
        entry: crate::ledger::book::Entry::Payment,
        micros,
        description: None,
    };
    let error = store.book("one", &[booking(START, 10_000), booking(START, 0)]).await.unwrap_err();
    assert_eq!(error.to_string(), "the amount must be greater than zero");
    assert!(stored(&store, "one").await.is_empty());
    let error = store.book("three", &[booking(START, 10_000)]).await.unwrap_err();
    assert_eq!(error.to_string(), "the client does not exist");
}

#[tokio::test]
async fn no_query_scans_the_ledger() {
    let (store, _folder) = store().await;
    let today = Day::of(UnixTime { millis: START });
    let filter = LedgerFilter { service: Some("cdn".into()), ..LedgerFilter::usual(today) };
    let filter = LedgerFilter { period: Period { from: today.plus(-500), to: today }, ..filter };
    let lines = lines_query("partner", "one", &filter, Some(LineMarker { day: 1, seq: 1 }), 10);
    let mut list = QueryBuilder::new("SELECT pid");
    averages::push_columns(&mut list, today);
    list.push(" FROM clients WHERE partner_pid = ").push_bind("partner");
    let (lines, list) = (lines.sql().to_owned(), list.sql().to_owned());
    for sql in [CLOSING_BEFORE, FIRST_OPENING, SUMS, &lines, &list] {
        let plan = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")));
        let plan = plan.fetch_all(&mut *store.read().await.unwrap()).await.unwrap();
        let steps: Vec<String> = plan.iter().map(|row| row.get("detail")).collect();
        let of_ledger = |step: &&String| step.contains("movement") || step.contains("ledger_days");
        let searches: Vec<_> = steps.iter().filter(of_ledger).collect();
        assert!(!searches.is_empty(), "{sql}: {steps:?}");
        for step in searches {
            assert!(step.starts_with("SEARCH") && step.contains("PRIMARY KEY (client_pid=?"), "{sql}: {step}");
        }
        assert!(!steps.iter().any(|step| step.contains("TEMP B-TREE")), "no step sorts: {sql}: {steps:?}");
    }
}
