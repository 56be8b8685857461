//! Guards. A handler has a guard as a parameter, and the handler runs only for callers that the guard admits.

use std::net::IpAddr;

use axum::http::HeaderMap;
use partner_api::{Method, auth::Role, endpoint::Access};

use super::{csrf, session};
use crate::{
    error::{Error, Result},
    state::App,
    store,
};

/// The facts about a request that a guard needs for its decision.
pub(crate) struct RequestFacts<'a> {
    pub(crate) method: Method,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) ip: IpAddr,
    pub(crate) request_id: &'a str,
    /// PID of the partner in the path; `None` if the path names no partner.
    pub(crate) partner_pid: Option<&'a str>,
}

/// Decides whether a caller may use an endpoint.
pub(crate) trait Guard: Sized + Send {
    /// The access of the endpoints whose handlers can use this guard.
    const ACCESS: Access;

    /// Returns the caller, or the error with which the server replies.
    fn admit(app: &App, facts: &RequestFacts<'_>) -> impl Future<Output = Result<Self>> + Send;
}

/// Guard that admits every caller without checking the session.
pub(crate) struct Anyone {
    pub(crate) ip: IpAddr,
    pub(crate) request_id: String,
    /// Id of the session in the request's cookie. Signing in ends this session and starts a new one.
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

/// Guard that admits signed-in users, even without the CSRF token.
pub(crate) struct SignedIn(pub(crate) Actor);

/// Guard that admits signed-in users. If the path names a partner, the user must belong to that partner. For a method
/// that changes data, the guard also requires the CSRF token and a role that may change data.
pub(crate) struct Actor {
    pub(crate) user: store::users::SessionUser,
    pub(crate) session_hash: Vec<u8>,
    pub(crate) csrf_token: String,
    pub(crate) request_id: String,
}

impl Actor {
    /// PID of the user's partner. Handlers pass this PID to queries, so that the queries find only data of this
    /// partner.
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
            // Only log the error, because reading has to work while the database cannot be written.
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

/// Guard that admits signed-in users of every role. If the path names a partner, the user must belong to that partner.
/// For a method that changes data, the guard also requires the CSRF token.
pub(crate) struct AnyRole(pub(crate) Actor);

impl Guard for AnyRole {
    const ACCESS: Access = Access::AnyRole;

    async fn admit(app: &App, facts: &RequestFacts<'_>) -> Result<Self> {
        let SignedIn(actor) = SignedIn::admit(app, facts).await?;
        if !facts.method.is_safe() && !csrf::has_token(facts.headers, &actor.csrf_token) {
            tracing::warn!(event = "malicious_csrf", "missing or wrong CSRF token");
            return Err(Error::Forbidden("The CSRF token is missing or wrong"));
        }
        // Return 404 instead of 403, so that callers cannot find out which partners exist.
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

/// Guard that admits callers without a valid session. A caller with a valid session must also pass the guard [`Actor`].
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
