//! Migrations: the server can migrate a database from any earlier schema, and then use the data.

use std::{path::Path, sync::Arc};

use partner_api::{
    BlockClients, GetBalance, GetSession, ListMovements, Session,
    bulk::{ClientPids, OutcomeStatus, Outcomes},
    endpoint::{Empty, NoPath},
    ledger::{Balance, LedgerQuery, MovementsPage},
};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, migrate::Migrator};

use crate::{
    commands::{run, stdout},
    database::Data,
    support::{Caller, Server, spawn_app_on},
};

const PARTNER: &str = "mcs7000000001";
const CLIENT: &str = "mcs7000000002";
const COOKIE: &str = "of-a-session-of-then";

/// Rows as earlier versions of the program wrote them, with times one minute before the clock of the tests.
const PEOPLE: &str = "
    INSERT INTO partners VALUES ('mcs7000000001', 'Then', 1789999940000);
    INSERT INTO users (partner_pid, email, email_key, name, password_hash, created_at)
    VALUES ('mcs7000000001', 'me@partner.example', 'me@partner.example', 'Me', '-', 1789999940000);
    INSERT INTO clients (pid, partner_pid, uid, email, email_key, identifier, created_at, base_micros, bonus_micros)
    VALUES ('mcs7000000002', 'mcs7000000001', 1, 'old@client.example', 'old@client.example', 'C-1', 1789999940000,
            100000000, 50000000);
    INSERT INTO invitations (iid, partner_pid, email, email_key, initiator, created_at, expires_at, state)
    VALUES ('00112233445566778899aabbccddeeff', 'mcs7000000001', 'new@client.example', 'new@client.example',
            'me@partner.example', 1789999940000, 1790600000000, 'pending');
    INSERT INTO audit (at, actor, partner_pid, action, subject, result, operation_id, request_id)
    VALUES (1789999940000, 'command', 'mcs7000000001', 'partner_created', 'mcs7000000001', 'done', 'o1', 'r1'),
           (1789999940000, 'me@partner.example', 'mcs7000000001', 'invitation_created',
            '00112233445566778899aabbccddeeff', 'done', 'o2', 'r2');";
/// The queued email for the invitation, in the form before the migration `0003_invitations.sql`.
const FIRST_EMAIL: &str = "
    INSERT INTO outbox (iid, locale, created_at, next_try_at)
    VALUES ('00112233445566778899aabbccddeeff', 'en', 1789999940000, 1789999940000);";
/// The queued email for the invitation, in the form since the migration `0003_invitations.sql`.
const EMAIL: &str = "
    INSERT INTO outbox (kind, subject, locale, created_at, next_try_at)
    VALUES ('invitation', '00112233445566778899aabbccddeeff', 'en', 1789999940000, 1789999940000);";
/// A payment on 4 September 2026.
const LEDGER: &str = "
    INSERT INTO movements VALUES ('mcs7000000002', 20700, 1, 1, 1788480000000, '', 1, 2, 0, 'Payment', 100000000,
                                  100000000, 100000000);
    INSERT INTO movement_sums VALUES ('mcs7000000002', 20700, '', 1, 100000000, 1, 0);
    INSERT INTO ledger_days VALUES ('mcs7000000002', 20700, 0, 100000000, 0, 100000000);";
/// The bonus of the client. On SQLite, `0002_ledger.sql` creates this row from `bonus_micros`. PostgreSQL has the table
/// from its first migration, so the test inserts the row.
const BONUS: &str = "INSERT INTO bonuses (client_pid, number, left_micros) VALUES ('mcs7000000002', 1, 50000000);";
const CONTACT: &str = "
    INSERT INTO contact_requests (reference, created_at, name, email, email_key, phone, company, locale, network)
    VALUES ('C-12345678', 1789999940000, 'Somebody', 's@company.example', 's@company.example', '+74951234567', 'Company',
            'en', '192.0.2.0');";

/// The SQL statements to run after each migration of SQLite. If you add a migration with new tables, add rows for them
/// here.
const ON_SQLITE: &[&[&str]] = &[&[PEOPLE, FIRST_EMAIL], &[LEDGER], &[], &[CONTACT], &[], &[], &[]];
const ON_POSTGRES: &[&[&str]] = &[&[PEOPLE, EMAIL, LEDGER, BONUS, CONTACT], &[], &[]];

/// Returns the migrations of the database engine, and the SQL statements to run after each migration.
async fn history(data: &Data) -> (Migrator, &'static [&'static [&'static str]]) {
    let (folder, written) = if data.url().is_some() { ("postgres", ON_POSTGRES) } else { ("sqlite", ON_SQLITE) };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
    let migrator = Migrator::new(folder).await.unwrap();
    assert_eq!(migrator.iter().count(), written.len(), "each schema has its rows");
    (migrator, written)
}

/// Creates a database that has only the first `schema` migrations, with rows from that time.
async fn left_at(schema: usize) -> Data {
    let data = Data::empty();
    let (migrator, written) = history(&data).await;
    let mut conn = data.connect().await;
    for (version, written) in (1..).zip(written).take(schema) {
        migrator.run_to(version, &mut conn).await.unwrap();
        for sql in *written {
            sqlx::raw_sql(*sql).execute(&mut conn).await.unwrap();
        }
    }
    sign_in(&mut conn).await;
    data
}

async fn sign_in(conn: &mut AnyConnection) {
    sqlx::query(
        "INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at)
         SELECT $1, id, 1789999940000, 1789999940000 FROM users",
    )
    .bind(Sha256::digest(COOKIE).to_vec())
    .execute(conn)
    .await
    .unwrap();
}

/// Returns a caller with a session that an earlier version of the program created.
async fn signed_in(server: &Server) -> Caller {
    let mut caller = server.anonymous();
    caller.cookie = Some(format!("sid={COOKIE}"));
    let session = caller.call::<GetSession>(&NoPath {}, &Empty {}, &Empty {}).await;
    caller.csrf_token = session.decode::<Session>().csrf_token;
    caller.pid = PARTNER.into();
    caller
}

#[tokio::test]
async fn the_data_of_every_earlier_schema_works() {
    let schemas = history(&Data::empty()).await.1.len();
    for schema in 1..=schemas {
        let data = Arc::new(left_at(schema).await);
        let mut server = spawn_app_on(Arc::clone(&data)).await;
        let me = signed_in(&server).await;
        let client = me.client_of("old@client.example").await.unwrap();
        assert_eq!((client.enabled, client.attr.client_id.as_deref()), (Some(true), Some("C-1")), "schema {schema}");
        let balance = me.call::<GetBalance>(&me.client(CLIENT), &Empty {}, &Empty {}).await;
        let balance = balance.decode::<Balance>();
        let bonuses: Vec<String> = balance.bonuses.iter().map(|it| it.amount.to_string()).collect();
        assert_eq!((balance.total().to_string(), bonuses), ("150".into(), vec!["50".to_owned()]), "schema {schema}");
        let query = LedgerQuery { from: Some("2026-09-01".into()), ..LedgerQuery::default() };
        let movements = me.call::<ListMovements>(&me.client(CLIENT), &query, &Empty {}).await;
        let count = movements.decode::<MovementsPage>().data.len();
        assert_eq!(count, usize::from(schema >= 2 || server.is_on_postgres()), "schema {schema}");
        assert_eq!(server.emails().await.len(), 1, "schema {schema}: the unsent email");
        assert!(me.invitation_of("new@client.example").await.is_some(), "schema {schema}");

        // Earlier schemas had no roles, so their users become owners, who may change data.
        let block = ClientPids { pids: vec![CLIENT.into()] };
        let reply = me.call::<BlockClients>(&me.partner(), &Empty {}, &block).await;
        assert_eq!(reply.decode::<Outcomes>().results[0].status, OutcomeStatus::Done, "schema {schema}");
        server.stop().await.unwrap().unwrap();

        let verified = stdout(&run(&data, &["audit", "verify"]));
        assert!(verified.starts_with("Verified entries: 1."), "schema {schema}: {verified}");
        assert!(verified.contains("cannot be verified: 2"), "schema {schema}: {verified}");
        let requests = stdout(&run(&data, &["contact-requests", "list"]));
        assert_eq!(requests.contains("C-12345678"), schema >= 4 || data.url().is_some(), "schema {schema}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_clients_are_migrated() {
    let data = left_at(1).await;
    let mut conn = data.connect().await;
    sqlx::raw_sql(
        "INSERT INTO clients (pid, partner_pid, uid, email, email_key, created_at, bonus_micros)
         WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
         SELECT 'many' || n, 'mcs7000000001', n, n || '@client.example', n || '@client.example', n, 1000000 FROM numbers",
    )
    .execute(&mut conn)
    .await
    .unwrap();
    let server = spawn_app_on(Arc::new(data)).await;
    let me = signed_in(&server).await;
    let balance = me.call::<GetBalance>(&me.client("many99999"), &Empty {}, &Empty {}).await;
    assert_eq!(balance.decode::<Balance>().total().to_string(), "1");
    let clients: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM clients").fetch_one(&mut conn).await.unwrap();
    assert_eq!(clients, 100_001);
}
