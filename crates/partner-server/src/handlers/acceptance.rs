//! Looks up and accepts an invitation by the token in the invitation link. The caller need not be signed in.
//!
//! Expired, used, replaced, revoked and unknown tokens all lead to the reply 404, so the reply does not reveal whether
//! a token ever existed. Only a repeated request with the same idempotency key gets the stored reply.

use partner_api::{
    AcceptInvitation, Instant, LookUpInvitation,
    acceptance::{AcceptedInvitation, InvitationOffer},
};

use crate::{
    audit::Entry,
    auth::{Anyone, session::digest},
    clock::{random_bytes, random_id, random_pid},
    endpoint::{Answer, Call},
    error::{Error, Result},
    idempotency,
    state::App,
    store::{
        self, Conn, clients,
        invitations::{self, OpenInvitation},
    },
};

pub(crate) async fn look_up_invitation(
    app: App,
    caller: Anyone,
    call: Call<LookUpInvitation>,
) -> Result<Answer<LookUpInvitation>> {
    limit(&app, &caller)?;
    let hash = digest(&call.body.token);
    let open = invitations::of_token(&mut *app.store.read().await?, &hash, app.now()).await?.ok_or(Error::NotFound)?;
    app.limiter.forgive_link(caller.ip);
    Answer::new(&InvitationOffer {
        partner_title: open.partner_title,
        initiator: Some(open.row.initiator),
        email: open.row.email,
        expires_at: Instant(open.row.expires_at),
    })
}

pub(crate) async fn accept_invitation(
    app: App,
    caller: Anyone,
    call: Call<AcceptInvitation>,
) -> Result<Answer<AcceptInvitation>> {
    let hash = digest(&call.body.token);
    let request = idempotency::keyed_by_anyone(&call, &hash)?;
    limit(&app, &caller)?;

    let mut tx = app.store.begin().await?;
    if let Some(answer) = idempotency::replay(&mut tx, &app, &request).await? {
        app.limiter.forgive_link(caller.ip);
        return Ok(answer);
    }
    let open = invitations::of_token(&mut tx, &hash, app.now()).await?.ok_or(Error::NotFound)?;
    let Joined { pid, before, identifier_before } = join(&mut tx, &app, &open).await?;
    let OpenInvitation { partner_pid, partner_title, row } = open;
    invitations::accept(&mut tx, &partner_pid, &row.iid, &pid, app.now()).await?;
    let operation = store::audit::Operation {
        at: app.now(),
        actor: &row.email,
        partner: &partner_pid,
        action: "invitation_accepted",
        operation_id: &random_id(&*app.entropy),
        request_id: &caller.request_id,
    };
    let entries = [
        Entry { subject: &row.iid, result: "done", before: Some("pending"), after: Some("accepted") },
        Entry { subject: &pid, result: "done", before, after: Some("active") },
    ];
    store::audit::write(&mut tx, &operation, &entries).await?;
    if let Some(identifier) = row.identifier.as_deref() {
        let (before, after) = (identifier_before.as_deref(), Some(identifier));
        let operation = store::audit::Operation { action: "identifier_set", ..operation };
        store::audit::write(&mut tx, &operation, &[Entry { subject: &pid, result: "done", before, after }]).await?;
    }
    let answer = Answer::new(&AcceptedInvitation { pid, email: row.email, partner_title })?;
    idempotency::keep(&mut tx, &app, &request, &answer).await?;
    tx.commit().await?;
    app.limiter.forgive_link(caller.ip);
    Ok(answer)
}

fn limit(app: &App, caller: &Anyone) -> Result<()> {
    app.limiter.take_link(caller.ip, app.now()).map_err(|retry_after_secs| {
        tracing::warn!(event = "excess_rate_limit_exceeded", "too many invalid invitation links");
        Error::TooManyRequests { retry_after_secs }
    })
}

struct Joined {
    pid: String,
    /// State of the project before the call; `None` if the project is new.
    before: Option<&'static str>,
    /// Identifier of the client before the call, for the audit log.
    identifier_before: Option<String>,
}

/// Makes the invited person a client of the partner.
async fn join(conn: &mut Conn, app: &App, open: &OpenInvitation) -> Result<Joined> {
    let joining = clients::Joining {
        email: &open.row.email,
        email_key: &open.row.email_key,
        name: open.row.name.as_deref(),
        phone: open.row.phone.as_deref(),
        identifier: open.row.identifier.as_deref(),
    };
    if let Some((pid, identifier_before)) = clients::reattach(conn, &open.partner_pid, joining).await? {
        return Ok(Joined { pid, before: Some("detached"), identifier_before });
    }
    loop {
        let pid = random_pid(&*app.entropy);
        // Invent the id of the project's owner, because this server has no cloud that would assign one.
        let uid = i64::from(u32::from_le_bytes(random_bytes::<4>(&*app.entropy)));
        if clients::insert(conn, &open.partner_pid, &pid, uid, joining, app.now()).await? {
            return Ok(Joined { pid, before: None, identifier_before: None });
        }
    }
}
