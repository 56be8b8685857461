//! Creates demonstration data, and any number of generated clients and partners.
//!
//! The demonstration has a partner with the owner [`DEMO_EMAIL`] and 500 rows: 400 active clients, 55 blocked, 30
//! invited, 15 with an expired invitation. Names, states, balances and creation dates of clients are always the same;
//! ledgers and the dates of invitations depend on the current time. Tests rely on the clients of [`known`], and on a
//! second partner ([`OTHER_EMAIL`]), whose clients the first partner must not see.

mod generate;
pub mod known;
mod ledger;
mod names;

use anyhow::Context;
use partner_api::{UnixTime, auth::Role, form::Email};

use generate::Generator;
pub use ledger::Progress;
use partner_server::{
    App,
    accounts::{NewPartner, insert_partner, new_pid, record},
    auth::password::PasswordCost,
    clock::{SystemEntropy, later, random_token},
    rules::INVITATION_TERM_MILLIS,
    store::{
        Conn, Store,
        clients::{self, NewClientRow},
        invitations::{self, InvitationRow},
        is_duplicate,
        users::{self, NewUser},
    },
    text::email_key,
};

/// Login of the owner of the demonstration partner.
pub const DEMO_EMAIL: &str = "demo@partner.example";
/// Phone number of the owner of the demonstration partner.
pub const DEMO_PHONE: &str = "+74951234567";
/// Password of all demonstration users.
pub const DEMO_PASSWORD: &str = "demo-partner-2026";
/// Login of the owner of the second partner.
pub const OTHER_EMAIL: &str = "other@partner.example";
/// Login of a user of the demonstration partner with the read-only role.
pub const VIEWER_EMAIL: &str = "viewer@partner.example";
pub const DEMO_PID: &str = "mcs4400000001";
pub const OTHER_PID: &str = "mcs4400000002";

// Number of clients or invitations in each state. The numbers include the clients of `known`.
const ACTIVE: usize = 400;
const BLOCKED: usize = 55;
const INVITED: usize = 30;
const EXPIRED: usize = 15;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

/// Adds generated clients with this many months of movements to a partner.
///
/// # Errors
/// Returns an error if the same seed was used before or the database fails.
pub async fn add_clients(
    store: &Store,
    partner: &str,
    count: u32,
    seed: u32,
    months: u32,
    now: UnixTime,
    progress: Progress<'_>,
) -> anyhow::Result<()> {
    let rows: Vec<NewClientRow> = generated(seed, count).collect();
    let mut tx = store.begin().await?;
    ledger::services::put_all(&mut tx).await?;
    insert_generated(&mut tx, partner, &rows, seed).await?;
    ledger::write(&mut tx, &rows, months, now, progress).await?;
    record(&mut tx, partner, "clients_seeded", &count.to_string(), now).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds generated partners with generated clients, without movements. The passwords of their users are unknown.
///
/// # Errors
/// Returns an error if the same seed was used before, there would be more than a million clients, or the database
/// fails.
pub async fn add_partners(
    store: &Store,
    partners: u32,
    clients_each: u32,
    seed: u32,
    now: UnixTime,
) -> anyhow::Result<()> {
    let clients = partners.checked_mul(clients_each).filter(|clients| *clients <= 1_000_000);
    let mut rows =
        generated(seed, clients.context("a seed has at most a million clients: choose fewer --partners or --clients")?);
    let password = random_token(&SystemEntropy);
    let password_hash = PasswordCost::default().hash(&password)?;
    let mut tx = store.begin().await?;
    for n in 0..partners {
        let (pid, email) = (new_pid(), format!("partner.{seed}-{n}@partner.example"));
        anyhow::ensure!(
            users::login_of(&mut tx, &email_key(&email)).await?.is_none(),
            "the partners of seed {seed} are in the database already: choose another --seed"
        );
        let title = format!("Partner {seed}-{n}");
        let account =
            NewPartner { pid: &pid, title: &title, email: &email, name: None, phone: None, password: &password };
        insert_partner(&mut tx, &account, &password_hash, now).await?;
        let rows: Vec<_> = rows.by_ref().take(usize::try_from(clients_each)?).collect();
        insert_generated(&mut tx, &pid, &rows, seed).await?;
        record(&mut tx, &pid, "clients_seeded", &clients_each.to_string(), now).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn generated(seed: u32, count: u32) -> impl Iterator<Item = NewClientRow> {
    let first = 5_000_000_000 + i64::from(seed) * 1_000_000;
    let mut generator = Generator::new(u64::from(seed), first);
    (0..count).map(move |n| {
        let mut row = generator.client(n % 8 != 7);
        // Make the email addresses unique, because two seeds may generate the same address, and a partner cannot have
        // two clients with the same address.
        row.email = row.email.replace('@', &format!(".{seed}-{n}@"));
        row
    })
}

async fn insert_generated(conn: &mut Conn, partner: &str, rows: &[NewClientRow], seed: u32) -> anyhow::Result<()> {
    clients::insert_all(conn, partner, rows).await.map_err(|error| {
        if is_duplicate(&error) {
            return anyhow::anyhow!("the clients of seed {seed} are in the database already: choose another --seed");
        }
        error.into()
    })
}

/// Fills an empty database with demonstration data and this many months of movements. Does nothing if the database has
/// a partner, because another process may have filled the database in the meantime.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn demo(app: &App, months: u32, progress: Progress<'_>) -> anyhow::Result<()> {
    let now = app.now();
    let password_hash = app.settings.password_cost.hash(DEMO_PASSWORD)?;
    let mut tx = app.store.begin().await?;
    if users::oldest_partner(&mut tx).await?.is_some() {
        return Ok(());
    }
    ledger::services::put_all(&mut tx).await?;

    let title = "Северный ветер";
    let name = Some("Анна Смирнова");
    let demo =
        NewPartner { pid: DEMO_PID, title, email: DEMO_EMAIL, name, phone: Some(DEMO_PHONE), password: DEMO_PASSWORD };
    insert_partner(&mut tx, &demo, &password_hash, now).await?;
    let viewer = NewUser {
        partner: DEMO_PID,
        email: VIEWER_EMAIL,
        email_key: VIEWER_EMAIL,
        name: None,
        phone: None,
        password_hash: &password_hash,
        role: Role::Viewer,
    };
    users::insert_user(&mut tx, &viewer, now).await?;
    let (rows, pending) = demo_rows(now);
    fill(&mut tx, DEMO_PID, &rows, &pending, now).await?;
    ledger::write(&mut tx, &rows, months, now, progress).await?;

    let other =
        NewPartner {
            pid: OTHER_PID, title: "Южный берег", email: OTHER_EMAIL, name: None, phone: None, ..demo
        };
    insert_partner(&mut tx, &other, &password_hash, now).await?;
    let mut generator = Generator::new(2, 4_420_000_000);
    let rows: Vec<NewClientRow> = (0..5).map(|n| generator.client(n != 4)).collect();
    let pending = [generator.invitation(OTHER_EMAIL, later(now, -DAY_MILLIS))];
    fill(&mut tx, OTHER_PID, &rows, &pending, now).await?;
    ledger::write(&mut tx, &rows, months, now, &|_, _| ()).await?;

    tx.commit().await?;
    Ok(())
}

fn demo_rows(now: UnixTime) -> (Vec<NewClientRow>, Vec<InvitationRow>) {
    let mut rows = known::clients();
    let mut generator = Generator::new(1, 4_410_000_100);
    let blocked = rows.iter().filter(|row| !row.is_enabled).count();
    let (mut blocked_left, mut active_left) = (BLOCKED - blocked, ACTIVE - (rows.len() - blocked));
    while blocked_left + active_left > 0 {
        // Block every eighth client until enough clients are blocked, so that blocked clients are spread over the list.
        let is_enabled = blocked_left == 0 || (active_left > 0 && !rows.len().is_multiple_of(8));
        if is_enabled {
            active_left -= 1;
        } else {
            blocked_left -= 1;
        }
        rows.push(generator.client(is_enabled));
    }
    // Date pending invitations up to a week back and expired ones one to three weeks back, because invitations expire
    // after a week.
    let hours_ago = |hours: usize| later(now, -(i64::try_from(hours).unwrap_or(0) * DAY_MILLIS / 24));
    let mut pending = known::invitations(now);
    pending.extend((1..INVITED).map(|n| generator.invitation(DEMO_EMAIL, hours_ago(n * 5))));
    pending.extend((1..EXPIRED).map(|n| generator.invitation(DEMO_EMAIL, hours_ago(7 * 24 + n * 24))));
    (rows, pending)
}

async fn fill(
    conn: &mut Conn,
    partner: &str,
    rows: &[NewClientRow],
    pending: &[InvitationRow],
    now: UnixTime,
) -> anyhow::Result<()> {
    debug_assert!(rows.iter().all(|row| Email::parse(&row.email).is_ok()), "all emails are valid");
    clients::insert_all(conn, partner, rows).await?;
    for row in pending {
        invitations::insert(conn, partner, row).await?;
    }
    record(conn, partner, "clients_seeded", &rows.len().to_string(), now).await
}

fn expiry(created_at: UnixTime) -> UnixTime {
    later(created_at, INVITATION_TERM_MILLIS)
}
