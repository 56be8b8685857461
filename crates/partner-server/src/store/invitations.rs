//! Queries on the invitations of a partner.

use partner_api::{
    Invitation, UnixTime,
    invitation::{Delivery, InvitationMeta},
};
use sqlx::{Row, any::AnyRow};

use super::{Conn, QueryBuilder};

/// The fields of an invitation that the invitation email contains.
#[derive(Clone, Debug)]
pub struct EmailFacts {
    pub email: String,
    pub name: Option<String>,
    pub initiator: String,
    pub partner_title: Option<String>,
    pub expires_at: UnixTime,
}

/// A pending invitation, which may have expired.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    pub iid: String,
    pub email: String,
    pub email_key: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub identifier: Option<String>,
    pub initiator: String,
    pub created_at: UnixTime,
    pub sent_at: Option<UnixTime>,
    pub expires_at: UnixTime,
    /// Delivery status of the latest email; `None` if the outbox has no email or the status was not read.
    pub delivery: Option<Delivery>,
}

impl InvitationRow {
    pub fn into_api(self, partner: &str) -> Invitation {
        Invitation {
            iid: self.iid,
            kind: Some("pclient".into()),
            pid: Some(partner.into()),
            email: Some(self.email),
            ctime: Some(self.created_at),
            initiator: Some(self.initiator),
            meta: InvitationMeta { name: self.name, phone: self.phone, company: None, client_id: self.identifier },
            expires_at: Some(self.expires_at),
            sent_at: self.sent_at,
            delivery: self.delivery,
        }
    }
}

const PENDING: &str =
    "SELECT iid, email, email_key, name, phone, identifier, initiator, created_at, sent_at, expires_at,
    (SELECT CASE WHEN o.delivered_at IS NOT NULL THEN 'delivered' WHEN o.failed_at IS NOT NULL THEN 'failed'
     ELSE 'waiting' END FROM outbox o WHERE o.kind = 'invitation' AND o.subject = iid ORDER BY o.id DESC LIMIT 1)
    FROM invitations WHERE state = 'pending' AND partner_pid = ";

fn invitation(row: &AnyRow) -> sqlx::Result<InvitationRow> {
    Ok(InvitationRow {
        iid: row.try_get(0)?,
        email: row.try_get(1)?,
        email_key: row.try_get(2)?,
        name: row.try_get(3)?,
        phone: row.try_get(4)?,
        identifier: row.try_get(5)?,
        initiator: row.try_get(6)?,
        created_at: UnixTime { millis: row.try_get(7)? },
        sent_at: row.try_get::<Option<i64>, _>(8)?.map(|millis| UnixTime { millis }),
        expires_at: UnixTime { millis: row.try_get(9)? },
        delivery: row.try_get::<Option<&str>, _>(10)?.map(delivery),
    })
}

fn delivery(name: &str) -> Delivery {
    match name {
        "delivered" => Delivery::Delivered,
        "failed" => Delivery::Failed,
        _ => Delivery::Waiting,
    }
}

/// Returns the pending invitations of a partner, including expired ones.
pub async fn list(conn: &mut Conn, partner: &str) -> sqlx::Result<Vec<InvitationRow>> {
    let mut query = QueryBuilder::new(PENDING);
    query.push_bind(partner).push(" ORDER BY email_key, iid");
    query.build(conn).fetch_all(conn).await?.iter().map(invitation).collect()
}

pub async fn find(conn: &mut Conn, partner: &str, iid: &str) -> sqlx::Result<Option<InvitationRow>> {
    let mut query = QueryBuilder::new(PENDING);
    query.push_bind(partner).push(" AND iid = ").push_bind(iid);
    query.build(conn).fetch_optional(conn).await?.as_ref().map(invitation).transpose()
}

pub async fn has_email(conn: &mut Conn, partner: &str, email_key: &str) -> sqlx::Result<bool> {
    let mut query = QueryBuilder::new(PENDING);
    query.push_bind(partner).push(" AND email_key = ").push_bind(email_key);
    Ok(query.build(conn).fetch_optional(conn).await?.is_some())
}

pub async fn insert(conn: &mut Conn, partner: &str, row: &InvitationRow) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO invitations (iid, partner_pid, email, email_key, name, phone, identifier, initiator, created_at,
         sent_at, expires_at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'pending')",
    )
    .bind(&row.iid)
    .bind(partner)
    .bind(&row.email)
    .bind(&row.email_key)
    .bind(&row.name)
    .bind(&row.phone)
    .bind(&row.identifier)
    .bind(&row.initiator)
    .bind(row.created_at.millis)
    .bind(row.sent_at.map(|at| at.millis))
    .bind(row.expires_at.millis)
    .execute(conn)
    .await?;
    Ok(())
}

/// Stores the fields of a pending invitation that can change. The link of the invitation stops working.
pub async fn update(conn: &mut Conn, partner: &str, row: &InvitationRow) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE invitations SET name = $1, phone = $2, identifier = $3, expires_at = $4, token_hash = NULL
         WHERE partner_pid = $5 AND iid = $6 AND state = 'pending'",
    )
    .bind(&row.name)
    .bind(&row.phone)
    .bind(&row.identifier)
    .bind(row.expires_at.millis)
    .bind(partner)
    .bind(&row.iid)
    .execute(conn)
    .await?;
    Ok(())
}

/// Revokes a pending invitation. The link of the invitation stops working.
pub async fn revoke(conn: &mut Conn, partner: &str, iid: &str) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE invitations SET state = 'revoked', token_hash = NULL
         WHERE partner_pid = $1 AND iid = $2 AND state = 'pending'",
    )
    .bind(partner)
    .bind(iid)
    .execute(conn)
    .await?;
    Ok(())
}

/// Returns the fields for the email of a pending invitation. The query does not filter by partner, because the outbox
/// serves all partners.
pub async fn email_facts(conn: &mut Conn, iid: &str) -> sqlx::Result<Option<EmailFacts>> {
    let row = sqlx::query(
        "SELECT i.email, i.name, i.initiator, p.title, i.expires_at
         FROM invitations i JOIN partners p ON p.pid = i.partner_pid WHERE i.iid = $1 AND i.state = 'pending'",
    )
    .bind(iid)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(EmailFacts {
            email: row.try_get(0)?,
            name: row.try_get(1)?,
            initiator: row.try_get(2)?,
            partner_title: row.try_get(3)?,
            expires_at: UnixTime { millis: row.try_get(4)? },
        })
    })
    .transpose()
}

/// Replaces the token of the link, so that earlier links stop working.
pub async fn set_token(conn: &mut Conn, iid: &str, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("UPDATE invitations SET token_hash = $1 WHERE iid = $2 AND state = 'pending'")
        .bind(token_hash)
        .bind(iid)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn set_sent(conn: &mut Conn, iid: &str, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("UPDATE invitations SET sent_at = $1 WHERE iid = $2").bind(now.millis).bind(iid).execute(conn).await?;
    Ok(())
}

/// An invitation with a working link, and its partner.
#[derive(Clone, Debug)]
pub struct OpenInvitation {
    pub partner_pid: String,
    pub partner_title: Option<String>,
    pub row: InvitationRow,
}

/// Returns the invitation with this token, if the link still works. The query does not filter by partner, because the
/// caller need not be signed in and the token determines the partner.
pub async fn of_token(conn: &mut Conn, token_hash: &[u8], now: UnixTime) -> sqlx::Result<Option<OpenInvitation>> {
    let row = sqlx::query(
        "SELECT i.iid, i.email, i.email_key, i.name, i.phone, i.identifier, i.initiator, i.created_at, i.sent_at,
         i.expires_at, NULL, p.pid, p.title
         FROM invitations i JOIN partners p ON p.pid = i.partner_pid
         WHERE i.token_hash = $1 AND i.state = 'pending' AND i.expires_at > $2",
    )
    .bind(token_hash)
    .bind(now.millis)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(OpenInvitation { partner_pid: row.try_get(11)?, partner_title: row.try_get(12)?, row: invitation(&row)? })
    })
    .transpose()
}

/// Marks the invitation as accepted. The link of the invitation stops working.
pub async fn accept(conn: &mut Conn, partner: &str, iid: &str, client_pid: &str, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query(
        "UPDATE invitations SET state = 'accepted', token_hash = NULL, accepted_at = $1, client_pid = $2
         WHERE partner_pid = $3 AND iid = $4 AND state = 'pending'",
    )
    .bind(now.millis)
    .bind(client_pid)
    .bind(partner)
    .bind(iid)
    .execute(conn)
    .await?;
    Ok(())
}
