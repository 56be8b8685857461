//! Whom a handler serves: it names one of these as a parameter, and is not reached by anybody else.

use std::net::IpAddr;

use axum::http::HeaderMap;
use partner_api::{Method, auth::Role};

use super::{csrf, session};
use crate::{
    error::{Error, Result},
    state::App,
    store,
};

/// What is known of a request before its caller is.
pub(crate) struct Seen<'a> {
    pub(crate) method: Method,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) ip: IpAddr,
    pub(crate) request_id: &'a str,
    /// `{pid}` of a route below `/api/v1/partners/{pid}`.
    pub(crate) partner_pid: Option<&'a str>,
}

/// Admits callers.
pub(crate) trait Guard: Sized + Send {
    /// The caller, if this one may pass.
    fn admit(app: &App, seen: &Seen<'_>) -> impl Future<Output = Result<Self>> + Send;
}

/// Anyone: sign-in.
pub(crate) struct Anyone {
    pub(crate) ip: IpAddr,
    pub(crate) request_id: String,
    /// Session of before, if any.
    pub(crate) session_id: Option<String>,
}

impl Guard for Anyone {
    async fn admit(_: &App, seen: &Seen<'_>) -> Result<Self> {
        Ok(Self {
            ip: seen.ip,
            request_id: seen.request_id.to_owned(),
            session_id: session::id_of(seen.headers).map(str::to_owned),
        })
    }
}

/// Whoever is signed in, even without a CSRF token: the call that gives the token.
pub(crate) struct SignedIn(pub(crate) Actor);

/// Whoever is signed in, acts for the partner of the path, and (in unsafe calls) sent the CSRF token and may change things.
pub(crate) struct Actor {
    pub(crate) user: store::users::SessionUser,
    pub(crate) session_hash: Vec<u8>,
    pub(crate) csrf_token: String,
    pub(crate) request_id: String,
}

impl Actor {
    /// PID of the partner, for the predicate that every query has.
    pub(crate) fn partner(&self) -> &str {
        &self.user.partner_pid
    }
}

impl Guard for SignedIn {
    async fn admit(app: &App, seen: &Seen<'_>) -> Result<Self> {
        let id = session::id_of(seen.headers).ok_or(Error::Unauthenticated)?;
        let session_hash = session::digest(id);
        let now = app.now();
        let deadlines = session::deadlines(now, &app.settings);
        let user = store::users::of_session(&mut *app.store.read().await?, &session_hash, deadlines).await?;
        let user = user.ok_or(Error::Unauthenticated)?;
        if session::is_stale(user.last_seen_at, now, &app.settings) {
            // A busy database is no reason to refuse a read.
            if let Err(error) = touch(app, &user.partner_pid, &session_hash).await {
                tracing::warn!(%error, "the session's use was not written down");
            }
        }
        tracing::Span::current().record("partner", &user.partner_pid);
        let request_id = seen.request_id.to_owned();
        Ok(Self(Actor { user, session_hash, csrf_token: csrf::token(id), request_id }))
    }
}

async fn touch(app: &App, partner: &str, session_hash: &[u8]) -> sqlx::Result<()> {
    let mut tx = app.store.begin_for(partner).await?;
    store::users::touch_session(&mut tx, session_hash, app.now()).await?;
    tx.commit().await
}

/// Whoever is signed in and sent the CSRF token, whatever the role: the call that signs out.
pub(crate) struct Leaving(pub(crate) Actor);

impl Guard for Leaving {
    async fn admit(app: &App, seen: &Seen<'_>) -> Result<Self> {
        let SignedIn(actor) = SignedIn::admit(app, seen).await?;
        if !seen.method.is_safe() && !csrf::has_token(seen.headers, &actor.csrf_token) {
            tracing::warn!(event = "malicious_csrf", "missing or wrong CSRF token");
            return Err(Error::Forbidden("The CSRF token is missing or wrong"));
        }
        // Another partner's path is answered like one that does not exist.
        match seen.partner_pid {
            Some(pid) if pid != actor.partner() => Err(Error::NotFound),
            _ => Ok(Self(actor)),
        }
    }
}

impl Guard for Actor {
    async fn admit(app: &App, seen: &Seen<'_>) -> Result<Self> {
        let Leaving(actor) = Leaving::admit(app, seen).await?;
        if !seen.method.is_safe() && actor.user.role == Role::Viewer {
            tracing::warn!(event = "authz_fail", "a viewer tried to change something");
            return Err(Error::ReadOnly);
        }
        Ok(actor)
    }
}

/// Whoever is signed in, or nobody: the call that asks which.
impl Guard for Option<Actor> {
    async fn admit(app: &App, seen: &Seen<'_>) -> Result<Self> {
        match Actor::admit(app, seen).await {
            Ok(actor) => Ok(Some(actor)),
            Err(Error::Unauthenticated) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
