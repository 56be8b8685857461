//! Invitations: list, create, renew, resend, revoke, and create a link for copying.

use partner_api::{
    CreateInvitation, CreateInvitationLink, Instant, ListInvitations, RenewInvitation, ResendInvitation,
    RevokeInvitation,
    endpoint::Empty,
    form::{self, FieldError, NewClient},
    invitation::{Delivery, InvitationLink, Invitations},
    problem::code,
};

use crate::{
    audit::{self, Entry},
    auth::{Actor, session::digest},
    clock::{later, random_id, random_token},
    emails,
    endpoint::{Answer, Call},
    error::{Error, Result},
    idempotency,
    locale::Locale,
    rules,
    state::App,
    store::{
        Conn, clients,
        invitations::{self, InvitationRow},
        outbox::{self, Kind},
    },
    text::{composed, email_key},
};

pub(crate) async fn list_invitations(
    app: App,
    actor: Actor,
    _: Call<ListInvitations>,
) -> Result<Answer<ListInvitations>> {
    let rows = invitations::list(&mut *app.store.read().await?, actor.partner()).await?;
    let invitations = rows.into_iter().map(|row| row.into_api(actor.partner())).collect();
    Answer::new(&Invitations { invitations, unreadable: 0 })
}

pub(crate) async fn create_invitation(
    app: App,
    actor: Actor,
    call: Call<CreateInvitation>,
) -> Result<Answer<CreateInvitation>> {
    let request = idempotency::keyed(&actor, &call)?;
    let new = NewClient::parse(&call.body).map_err(|problems| Error::Invalid(form::field_problems(&problems)))?;

    let mut tx = app.store.begin_for(actor.partner()).await?;
    if let Some(answer) = idempotency::replay(&mut tx, &app, &request).await? {
        return Ok(answer);
    }
    let row = pending(&app, &actor, &new);
    if clients::has_email(&mut tx, actor.partner(), &row.email_key).await? {
        return Err(Error::field("/email", code::ALREADY_CLIENT));
    }
    if invitations::has_email(&mut tx, actor.partner(), &row.email_key).await? {
        return Err(Error::field("/email", code::ALREADY_INVITED));
    }
    invitations::insert(&mut tx, actor.partner(), &row).await?;
    send_and_record(&mut tx, &app, &actor, &call, &row, None, "invitation_created").await?;
    let answer = Answer::new(&row.into_api(actor.partner()))?;
    idempotency::keep(&mut tx, &app, &request, &answer).await?;
    tx.commit().await?;
    app.mailer.wake();
    Ok(answer)
}

fn pending(app: &App, actor: &Actor, new: &NewClient) -> InvitationRow {
    let now = app.now();
    InvitationRow {
        iid: random_id(&*app.entropy),
        email: composed(new.email.as_str()),
        email_key: email_key(new.email.as_str()),
        name: new.name.as_deref().map(composed),
        phone: new.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        identifier: new.identifier.as_deref().map(composed),
        initiator: actor.user.email.clone(),
        created_at: now,
        sent_at: None,
        expires_at: later(now, rules::INVITATION_TERM_MILLIS),
        delivery: Some(Delivery::Waiting),
    }
}

pub(crate) async fn renew_invitation(
    app: App,
    actor: Actor,
    call: Call<RenewInvitation>,
) -> Result<Answer<RenewInvitation>> {
    let text = |field: &Option<String>, pointer| {
        field.as_deref().map(|text| parse(form::parse_text(text), pointer)).transpose()
    };
    let name = text(&call.body.name, "/name")?;
    let identifier = text(&call.body.client_id, "/client_id")?;
    let phone = match call.body.phone.as_deref().map(str::trim) {
        None => None,
        Some("") => Some(None),
        Some(phone) => Some(Some(parse(form::Phone::parse(phone), "/phone")?)),
    };

    let mut tx = app.store.begin_for(actor.partner()).await?;
    let mut row = found(&mut tx, &actor, &call.path.id).await?;
    if let Some(name) = name {
        row.name = name.as_deref().map(composed);
    }
    if let Some(identifier) = identifier {
        row.identifier = identifier.as_deref().map(composed);
    }
    if let Some(phone) = phone {
        row.phone = phone.map(|phone| phone.as_str().to_owned());
    }
    row.expires_at = later(app.now(), rules::INVITATION_TERM_MILLIS);
    row.delivery = Some(Delivery::Waiting);
    invitations::update(&mut tx, actor.partner(), &row).await?;
    send_and_record(&mut tx, &app, &actor, &call, &row, Some("pending"), "invitation_renewed").await?;
    tx.commit().await?;
    app.mailer.wake();
    Answer::new(&row.into_api(actor.partner()))
}

pub(crate) async fn resend_invitation(
    app: App,
    actor: Actor,
    call: Call<ResendInvitation>,
) -> Result<Answer<ResendInvitation>> {
    let mut tx = app.store.begin_for(actor.partner()).await?;
    let mut row = found(&mut tx, &actor, &call.path.id).await?;
    if rules::is_expired(row.expires_at, app.now()) {
        row.expires_at = later(app.now(), rules::INVITATION_TERM_MILLIS);
    }
    invitations::update(&mut tx, actor.partner(), &row).await?;
    send_and_record(&mut tx, &app, &actor, &call, &row, Some("pending"), "invitation_resent").await?;
    tx.commit().await?;
    app.mailer.wake();
    Answer::new(&Empty {})
}

pub(crate) async fn create_invitation_link(
    app: App,
    actor: Actor,
    call: Call<CreateInvitationLink>,
) -> Result<Answer<CreateInvitationLink>> {
    let token = random_token(&*app.entropy);
    let mut tx = app.store.begin_for(actor.partner()).await?;
    let mut row = found(&mut tx, &actor, &call.path.id).await?;
    if rules::is_expired(row.expires_at, app.now()) {
        row.expires_at = later(app.now(), rules::INVITATION_TERM_MILLIS);
        invitations::update(&mut tx, actor.partner(), &row).await?;
    }
    invitations::set_token(&mut tx, &row.iid, &digest(&token)).await?;
    // Discard a queued email, because sending the email would replace this link.
    outbox::discard_unsent(&mut tx, Kind::Invitation, &row.iid).await?;
    let entry = Entry { subject: &row.iid, result: "done", before: Some("pending"), after: Some("pending") };
    audit::record(&mut tx, &app, &actor, "invitation_link_created", &[entry]).await?;
    tx.commit().await?;
    let url = emails::invitation::link(&app, Locale::of_request(&call.headers), &token);
    Answer::new(&InvitationLink { url, expires_at: Instant(row.expires_at) })
}

pub(crate) async fn revoke_invitation(
    app: App,
    actor: Actor,
    call: Call<RevokeInvitation>,
) -> Result<Answer<RevokeInvitation>> {
    let mut tx = app.store.begin_for(actor.partner()).await?;
    let row = found(&mut tx, &actor, &call.path.id).await?;
    invitations::revoke(&mut tx, actor.partner(), &row.iid).await?;
    let entry = Entry { subject: &row.iid, result: "done", before: Some("pending"), after: Some("revoked") };
    audit::record(&mut tx, &app, &actor, "invitation_revoked", &[entry]).await?;
    tx.commit().await?;
    Answer::new(&row.into_api(actor.partner()))
}

async fn found(conn: &mut Conn, actor: &Actor, iid: &str) -> Result<InvitationRow> {
    invitations::find(conn, actor.partner(), iid).await?.ok_or(Error::NotFound)
}

/// Queues the invitation email and writes an audit entry. Both happen in the transaction that changes the invitation,
/// so that either all changes are stored or none.
async fn send_and_record<E: partner_api::Endpoint>(
    conn: &mut Conn,
    app: &App,
    actor: &Actor,
    call: &Call<E>,
    row: &InvitationRow,
    before: Option<&str>,
    action: &str,
) -> Result<()> {
    // Discard an older email that is still queued, because sending it later would replace the link of this email.
    outbox::discard_unsent(conn, Kind::Invitation, &row.iid).await?;
    outbox::add(conn, Kind::Invitation, &row.iid, Locale::of_request(&call.headers), app.now()).await?;
    let entry = Entry { subject: &row.iid, result: "done", before, after: Some("pending") };
    audit::record(conn, app, actor, action, &[entry]).await?;
    Ok(())
}

fn parse<T>(parsed: Result<T, FieldError>, pointer: &str) -> Result<T> {
    parsed.map_err(|error| Error::field(pointer, error.code()))
}
