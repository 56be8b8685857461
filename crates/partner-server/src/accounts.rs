//! Creates partners and their users, for commands and for generated data.

use partner_api::{UnixTime, auth::Role};

use crate::{
    auth::password::PasswordCost,
    clock::{SystemEntropy, random_id, random_pid},
    store::{
        Conn, Store, audit,
        users::{self, NewUser},
    },
    text::{composed, email_key},
};

/// A partner and its first user.
#[derive(Clone, Copy, Debug)]
pub struct NewPartner<'a> {
    pub pid: &'a str,
    /// Name of the partner's company.
    pub title: &'a str,
    /// Email address of the first user, who signs in with it.
    pub email: &'a str,
    /// Full name of the first user.
    pub name: Option<&'a str>,
    /// Phone number of the first user in E.164 format.
    pub phone: Option<&'a str>,
    pub password: &'a str,
}

/// Returns a random PID: `mcs` and ten digits.
pub fn new_pid() -> String {
    random_pid(&SystemEntropy)
}

/// # Errors
/// Returns an error if a user with the email already exists, the password cannot be hashed, or the database fails.
pub async fn create_partner(
    store: &Store,
    partner: &NewPartner<'_>,
    cost: PasswordCost,
    now: UnixTime,
) -> anyhow::Result<()> {
    let mut tx = store.begin().await?;
    require_new_email(&mut tx, partner.email).await?;
    insert_partner(&mut tx, partner, &cost.hash(partner.password)?, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Creates a partner with its first user, and records the creation in the audit log. The caller must check that no
/// other user has the email.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn insert_partner(
    conn: &mut Conn,
    partner: &NewPartner<'_>,
    password_hash: &str,
    now: UnixTime,
) -> anyhow::Result<()> {
    users::insert_partner(conn, partner.pid, &composed(partner.title), now).await?;
    let new = NewUser {
        partner: partner.pid,
        email: partner.email,
        email_key: &email_key(partner.email),
        name: partner.name,
        phone: partner.phone,
        password_hash,
        role: Role::Owner,
    };
    users::insert_user(conn, &new, now).await?;
    record(conn, partner.pid, "partner_created", partner.email, now).await
}

/// Creates another user of the partner to which `colleague` belongs.
///
/// # Errors
/// Returns an error if a user with the email already exists, no user `colleague` exists, the password cannot be hashed,
/// or the database fails.
pub async fn create_user(
    store: &Store,
    colleague: &str,
    email: &str,
    password: &str,
    role: Role,
    cost: PasswordCost,
    now: UnixTime,
) -> anyhow::Result<()> {
    let mut tx = store.begin().await?;
    let colleague_login = users::login_of(&mut tx, &email_key(colleague)).await?;
    let login = colleague_login.ok_or_else(|| anyhow::anyhow!("there is no user with the email {colleague}"))?;
    let partner = login.partner_pid;
    require_new_email(&mut tx, email).await?;
    let new = NewUser {
        partner: &partner,
        email,
        email_key: &email_key(email),
        name: None,
        phone: None,
        password_hash: &cost.hash(password)?,
        role,
    };
    users::insert_user(&mut tx, &new, now).await?;
    record(&mut tx, &partner, "user_created", email, now).await?;
    tx.commit().await?;
    Ok(())
}

async fn require_new_email(conn: &mut Conn, email: &str) -> anyhow::Result<()> {
    let is_taken = users::login_of(conn, &email_key(email)).await?.is_some();
    anyhow::ensure!(!is_taken, "a user with the email {email} exists already");
    Ok(())
}

/// Writes an audit entry with the actor `command`, for a change that an operator makes on the command line.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn record(conn: &mut Conn, partner: &str, action: &str, subject: &str, now: UnixTime) -> anyhow::Result<()> {
    let operation_id = random_id(&SystemEntropy);
    let operation =
        audit::Operation { at: now, actor: "command", partner, action, operation_id: &operation_id, request_id: "" };
    let entry = audit::Entry { subject, result: "done", before: None, after: None };
    audit::write(conn, &operation, &[entry]).await?;
    Ok(())
}
