//! Sign-in, sign-out, the CSRF token and the session.

use partner_api::{
    GetSession, IssueCsrfToken, Session, SignIn, SignOut,
    auth::{CsrfToken, SessionPartner, SessionUser},
    endpoint::Empty,
};

use crate::{
    audit::{self, Entry},
    auth::{AnyRole, Anyone, SignedIn, Visitor, session},
    clock::{random_id, random_token},
    endpoint::{Answer, Call},
    error::{Error, Result},
    state::App,
    store::{self, users},
    text::email_key,
};

/// Maximum length of a password in bytes. Longer passwords are rejected without hashing, because no command creates
/// such a long password.
const MAX_PASSWORD: usize = 1_024;

pub(crate) async fn sign_in(app: App, caller: Anyone, call: Call<SignIn>) -> Result<Answer<SignIn>> {
    let email_key = email_key(&call.body.email);
    let now = app.now();
    app.limiter.take(&email_key, caller.ip, now).map_err(|retry_after_secs| {
        tracing::warn!(event = "excess_rate_limit_exceeded", "too many failed sign-ins");
        Error::TooManyRequests { retry_after_secs }
    })?;
    if call.body.password.len() > MAX_PASSWORD {
        return Err(Error::WrongCredentials);
    }
    let login = users::login_of(&mut *app.store.read().await?, &email_key).await?;
    let hash = login.as_ref().map(|login| login.password_hash.clone());
    let is_right = app.passwords.verify(call.body.password, hash).await?;
    let Some(login) = login.filter(|_| is_right) else {
        tracing::warn!(event = "authn_login_fail", "wrong email or password");
        return Err(Error::WrongCredentials);
    };
    app.limiter.forgive(&email_key, caller.ip);

    // Create a new session id at every sign-in, so that an id that an attacker planted in the browser is useless.
    let id = random_token(&*app.entropy);
    let mut tx = app.store.begin_for(&login.partner_pid).await?;
    if let Some(old) = &caller.session_id {
        users::end_session(&mut tx, &session::digest(old)).await?;
    }
    users::start_session(&mut tx, &session::digest(&id), login.user_id, now).await?;
    let operation = store::audit::Operation {
        at: now,
        actor: &login.email,
        partner: &login.partner_pid,
        action: "signed_in",
        operation_id: &random_id(&*app.entropy),
        request_id: &caller.request_id,
    };
    let entry = Entry { subject: &login.email, result: "done", before: None, after: None };
    store::audit::write(&mut tx, &operation, &[entry]).await?;
    tx.commit().await?;
    Ok(Answer::new(&Empty {})?.with_cookie(session::set_cookie(&id, &app.settings)))
}

pub(crate) async fn issue_csrf_token(
    _: App,
    SignedIn(actor): SignedIn,
    call: Call<IssueCsrfToken>,
) -> Result<Answer<IssueCsrfToken>> {
    if email_key(&call.body.email) != email_key(&actor.user.email) {
        return Err(Error::Forbidden("Another user is signed in"));
    }
    Answer::new(&CsrfToken { token: actor.csrf_token })
}

pub(crate) async fn get_session(_: App, visitor: Visitor, _: Call<GetSession>) -> Result<Answer<GetSession>> {
    Answer::new(&visitor.actor.map(|actor| Session {
        user: SessionUser {
            email: actor.user.email,
            name: actor.user.name,
            phone: actor.user.phone,
            role: actor.user.role,
        },
        partner: SessionPartner { pid: actor.user.partner_pid, title: actor.user.partner_title },
        csrf_token: Some(actor.csrf_token),
    }))
}

pub(crate) async fn sign_out(app: App, AnyRole(actor): AnyRole, _: Call<SignOut>) -> Result<Answer<SignOut>> {
    let mut tx = app.store.begin_for(actor.partner()).await?;
    users::end_session(&mut tx, &actor.session_hash).await?;
    let entry = Entry { subject: &actor.user.email, result: "done", before: None, after: None };
    audit::record(&mut tx, &app, &actor, "signed_out", &[entry]).await?;
    tx.commit().await?;
    Ok(Answer::new(&Empty {})?.with_cookie(session::clear_cookie(&app.settings)))
}
