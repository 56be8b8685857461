//! Guards: a handler takes one as a parameter, and only callers that the guard admits reach the handler.

use std::net::IpAddr;

use axum::http::HeaderMap;
use partner_api::{Method, auth::Role, endpoint::Access};

use super::{csrf, session};
use crate::{
    error::{Error, Result},
    state::App,
    store,
};

/// Facts of a request that a guard decides by.
pub(crate) struct RequestFacts<'a> {
    pub(crate) method: Method,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) ip: IpAddr,
    pub(crate) request_id: &'a str,
    /// PID of the partner whose data the path names, if it names a partner.
    pub(crate) partner_pid: Option<&'a str>,
}

/// Admits callers.
pub(crate) trait Guard: Sized + Send {
    /// Endpoints whose handlers can use the guard.
    const ACCESS: Access;

    /// The caller, or the error that refuses it.
    fn admit(app: &App, facts: &RequestFacts<'_>) -> impl Future<Output = Result<Self>> + Send;
}

/// Everyone.
pub(crate) struct Anyone {
    pub(crate) ip: IpAddr,
    pub(crate) request_id: String,
    /// Id of the session that the request carries; signing in ends it.
    pub(crate) session_id: Option<String>,
}

impl Guard for Anyone {
    const ACCESS: Access = Access::Anyone;

    async fn admit(_: &App, facts: &RequestFacts<'_>) -> Result<Self> {
        Ok(Self {
            ip: facts.ip,
            request_id: facts.request_id.to_owned(),
            session_id: session::id_of(facts.headers).map(str::to_owned),
        })
    }
}

/// A signed-in user without a CSRF token.
pub(crate) struct SignedIn(pub(crate) Actor);

/// A signed-in user who acts for the partner in the path. For an unsafe method, the request has the CSRF token and the
/// user's role may change things.
pub(crate) struct Actor {
    pub(crate) user: store::users::SessionUser,
    pub(crate) session_hash: Vec<u8>,
    pub(crate) csrf_token: String,
    pub(crate) request_id: String,
}

impl Actor {
    /// PID of the user's partner: every query is restricted to it.
    pub(crate) fn partner(&self) -> &str {
        &self.user.partner_pid
    }
}

impl Guard for SignedIn {
    const ACCESS: Access = Access::SignedIn;

    async fn admit(app: &App, facts: &RequestFacts<'_>) -> Result<Self> {
        let id = session::id_of(facts.headers).ok_or(Error::Unauthenticated)?;
        let session_hash = session::digest(id);
        let now = app.now();
        let deadlines = session::deadlines(now, &app.settings);
        let user = store::users::of_session(&mut *app.store.read().await?, &session_hash, deadlines).await?;
        let user = user.ok_or(Error::Unauthenticated)?;
        if session::is_stale(user.last_seen_at, now, &app.settings) {
            // Reading has to work while the database cannot be written.
            if let Err(error) = touch(app, &user.partner_pid, &session_hash).await {
                tracing::warn!(%error, "cannot store when the session was last used");
            }
        }
        tracing::Span::current().record("partner", &user.partner_pid);
        let request_id = facts.request_id.to_owned();
        Ok(Self(Actor { user, session_hash, csrf_token: csrf::token(id), request_id }))
    }
}

async fn touch(app: &App, partner: &str, session_hash: &[u8]) -> sqlx::Result<()> {
    let mut tx = app.store.begin_for(partner).await?;
    store::users::touch_session(&mut tx, session_hash, app.now()).await?;
    tx.commit().await
}

/// A signed-in user of any role. For an unsafe method, the request has the CSRF token.
pub(crate) struct AnyRole(pub(crate) Actor);

impl Guard for AnyRole {
    const ACCESS: Access = Access::AnyRole;

    async fn admit(app: &App, facts: &RequestFacts<'_>) -> Result<Self> {
        let SignedIn(actor) = SignedIn::admit(app, facts).await?;
        if !facts.method.is_safe() && !csrf::has_token(facts.headers, &actor.csrf_token) {
            tracing::warn!(event = "malicious_csrf", "missing or wrong CSRF token");
            return Err(Error::Forbidden("The CSRF token is missing or wrong"));
        }
        // 404 instead of 403, so that callers do not learn which partners exist.
        match facts.partner_pid {
            Some(pid) if pid != actor.partner() => Err(Error::NotFound),
            _ => Ok(Self(actor)),
        }
    }
}

impl Guard for Actor {
    const ACCESS: Access = Access::Actor;

    async fn admit(app: &App, facts: &RequestFacts<'_>) -> Result<Self> {
        let AnyRole(actor) = AnyRole::admit(app, facts).await?;
        if !facts.method.is_safe() && actor.user.role == Role::Viewer {
            tracing::warn!(event = "authz_fail", "a user with the role viewer tried to change something");
            return Err(Error::ReadOnly);
        }
        Ok(actor)
    }
}

/// Everyone, with the user if the request has a session.
pub(crate) struct Visitor {
    pub(crate) ip: IpAddr,
    pub(crate) actor: Option<Actor>,
}

impl Guard for Visitor {
    const ACCESS: Access = Access::Visitor;

    async fn admit(app: &App, facts: &RequestFacts<'_>) -> Result<Self> {
        let actor = match Actor::admit(app, facts).await {
            Ok(actor) => Some(actor),
            Err(Error::Unauthenticated) => None,
            Err(error) => return Err(error),
        };
        Ok(Self { ip: facts.ip, actor })
    }
}
