//! The commands for answering contact requests.

use std::time::SystemTime;

use sqlx::AnyConnection;

use crate::{
    commands::{complaint, run, stdout},
    database::Data,
};

const HOUR_MILLIS: i64 = 60 * 60 * 1000;

/// Creates contact requests in the database. Each row has a reference, an age in hours and a message.
async fn requests(data: &Data, rows: &[(&str, i64, &str)]) -> AnyConnection {
    stdout(&run(data, &["audit"]));
    let mut database = data.connect().await;
    let now = i64::try_from(SystemTime::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    for (reference, hours, message) in rows {
        let insert = "INSERT INTO contact_requests (reference, created_at, name, email, email_key, phone, company, message,
             locale, network) VALUES ($1, $2, '=cmd|x', 'a@b.example', 'a@b.example', '+79261234567', 'We', $3, 'ru', '10.0.0.0/24')";
        let insert = sqlx::query(insert).bind(*reference).bind(now - hours * HOUR_MILLIS).bind(*message);
        insert.execute(&mut database).await.unwrap();
    }
    database
}

fn list(data: &Data, args: &[&str]) -> Vec<(String, bool)> {
    let output = stdout(&run(data, &[&["contact-requests", "list"], args].concat()));
    let line = |line: &str| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        (line["reference"].as_str().unwrap().to_owned(), line["overdue"].as_bool().unwrap())
    };
    output.lines().map(line).collect()
}

#[tokio::test]
async fn a_request_is_overdue_after_48_hours_until_it_is_answered() {
    let data = &Data::empty();
    requests(data, &[("C-00000002", 47, ""), ("C-00000001", 49, ""), ("C-00000003", 1, "")]).await;
    let line = |n: u8, is_overdue| (format!("C-0000000{n}"), is_overdue);
    assert_eq!(list(data, &[]), [line(1, true), line(2, false), line(3, false)], "oldest first");
    assert_eq!(list(data, &["--overdue"]), [line(1, true)]);
    assert_eq!(list(data, &["--limit", "1"]), [line(3, false)], "the latest request");

    // The first character is a Cyrillic С, because a person who hears the reference on the phone may type this letter.
    let answer = |reference: &str| run(data, &["contact-requests", "answer", reference]);
    assert_eq!(stdout(&answer("С-0000 0001")), "Recorded that C-00000001 has been answered\n");
    assert_eq!(list(data, &["--overdue"]), []);
    assert_eq!(list(data, &["--unanswered"]), [line(2, false), line(3, false)]);
    assert_eq!(list(data, &[])[0], line(1, false));
    assert!(complaint(&answer("C-00000001")).contains("has been answered already"));
    assert!(complaint(&answer("C-99999999")).contains("no contact request"));
}

#[tokio::test]
async fn the_csv_file_has_no_formulas() {
    let data = &Data::empty();
    requests(data, &[("C-00000001", 49, "One\n=2;\"three\"")]).await;
    let file = data.path().join("requests.csv");
    stdout(&run(data, &["contact-requests", "export", "--output", file.to_str().unwrap()]));
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, stdout(&run(data, &["contact-requests", "export"])), "the same as on standard output");
    assert!(text.starts_with("\u{feff}Number,Received,Name,"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!((&row[0], &row[2], &row[4]), ("C-00000001", "'=cmd|x", "'+79261234567"));
    assert_eq!((&row[6], &row[10]), ("One\n'=2;\"three\"", "yes"));
}

#[tokio::test]
async fn unsent_emails_are_listed() {
    let data = &Data::empty();
    let mut database = requests(data, &[]).await;
    for (kind, delivered, failed) in
        [("contact_sales", None, None), ("contact_confirmation", None, Some(2_000)), ("invitation", Some(3_000), None)]
    {
        let insert =
            "INSERT INTO outbox (kind, subject, locale, created_at, attempts, next_try_at, delivered_at, failed_at)
             VALUES ($1, 'C-00000001', 'en', 0, 3, 1000, $2, $3)";
        let insert = sqlx::query(insert).bind(kind).bind(delivered).bind::<Option<i64>>(failed);
        insert.execute(&mut database).await.unwrap();
    }
    let output = stdout(&run(data, &["emails"]));
    let lines: Vec<serde_json::Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [waits, given_up] = &lines[..] else { panic!("{output}") };
    assert_eq!((&waits["kind"], &waits["attempts"]), (&"contact_sales".into(), &3.into()));
    assert_eq!((&waits["next_try_at"], &waits["given_up_at"]), (&"1970-01-01T00:00:01Z".into(), &().into()));
    assert_eq!((&given_up["kind"], &given_up["next_try_at"]), (&"contact_confirmation".into(), &().into()));
    assert_eq!(
        (&given_up["failed_at"], &given_up["given_up_at"]),
        (&"1970-01-01T00:00:02Z".into(), &"1970-01-01T00:00:02Z".into())
    );
    assert_eq!(stdout(&run(data, &["letters"])), output, "the deprecated name of the command");
}
