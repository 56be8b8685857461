//! The session of the signed-in user: identity, signing in and out.

mod calls;
pub mod permissions;
mod stored_identity;
mod tabs;

use leptos::prelude::*;
use partner_api::{
    GetSession, IssueCsrfToken, ListInvitations, SignIn, SignOut,
    auth::{Credentials, CsrfTokenRequest, Role, Session as SignedIn},
    endpoint::{Empty, NoPath, PartnerPath},
};
use wasm_bindgen::JsValue;

use self::{
    permissions::{Permission, Refusal, refusal},
    tabs::TabEvent,
};
use crate::{
    api::{ApiError, Call, ErrorKind},
    browser::drafts,
    config::Config,
};

/// The state of the session in this browser tab.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The app does not know yet whether the user is signed in.
    Checking,
    /// The request for the session failed.
    Failed(ApiError),
    SignedOut,
    SignedIn(SignedIn),
}

/// The session of this page. It lives as long as the app.
#[derive(Clone, Copy)]
pub struct Session {
    pub config: StoredValue<Config>,
    state: RwSignal<State>,
    /// Whether the API has only the calls of the published description. None of these calls returns the user, so
    /// [`stored_identity`] supplies the user's email and PID.
    only_published: RwSignal<bool>,
    /// Whether the session expired while a page was open. The user then signs in again in a dialog over the page.
    expired: RwSignal<bool>,
    /// The number of running calls whose reply was lost, so that it is unknown whether they took effect.
    lost_replies: RwSignal<u32>,
    /// Resumes the calls that wait until the user has signed in again.
    waiting: StoredValue<Vec<js_sys::Function>, LocalStorage>,
}

impl Session {
    /// Makes a session in the state [`State::Checking`].
    pub fn new(config: Config) -> Self {
        Self {
            config: StoredValue::new(config),
            state: RwSignal::new(State::Checking),
            only_published: RwSignal::new(false),
            expired: RwSignal::new(false),
            lost_replies: RwSignal::new(0),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    pub fn state(self) -> Signal<State> {
        self.state.into()
    }

    /// Whether the session expired while a page was open.
    pub fn expired(self) -> Signal<bool> {
        self.expired.into()
    }

    /// Whether the API has only the calls of the published description. The value is valid once the state is no longer
    /// [`State::Checking`].
    pub fn only_published(self) -> Signal<bool> {
        self.only_published.into()
    }

    /// Returns why the user cannot do something with this API, or `None` if it is permitted.
    pub fn refusal(self, permission: Permission) -> Option<Refusal> {
        let role = self.state.with(|state| match state {
            State::SignedIn(session) => session.user.role,
            _ => Role::Owner,
        });
        refusal(role, self.only_published.get(), permission)
    }

    /// Whether the reply to a running call was lost. The session repeats such a call with its idempotency key, to learn
    /// whether the first request took effect.
    pub fn has_lost_reply(self) -> Signal<bool> {
        let lost_replies = self.lost_replies;
        Signal::derive(move || lost_replies.get() > 0)
    }

    /// PID of the signed-in partner; empty if the user is not signed in.
    pub fn pid(self) -> String {
        self.state.with_untracked(|state| match state {
            State::SignedIn(session) => session.partner.pid.clone(),
            _ => String::new(),
        })
    }

    /// Asks the server whether the user is signed in.
    pub async fn check(self) {
        let state = match self.fetch().await {
            Ok(session) => State::SignedIn(session),
            Err(ApiError { kind: ErrorKind::SignedOut, .. }) => State::SignedOut,
            Err(error) => State::Failed(error),
        };
        self.state.set(state);
    }

    /// Signs the user in, and resumes the calls that wait for the sign-in. `partner_pid` is the PID that the user has
    /// typed, for an API that does not return the partner of a user.
    ///
    /// # Errors
    /// Returns [`ErrorKind::SignedOut`] if the email or the password is wrong, [`ErrorKind::TooMany`] while the user is
    /// locked out, [`ErrorKind::NotFound`] if the partner does not exist or belongs to another user, and other kinds
    /// for other failures.
    pub async fn sign_in(self, credentials: &Credentials, partner_pid: Option<String>) -> Result<(), ApiError> {
        let signed_in = self.send_once(&Call::new::<SignIn>(&NoPath {}, &Empty {}, credentials), None).await;
        // A 404 here means the API has no sign-in call; do not report it as an unknown partner.
        signed_in.map_err(|error| match error.kind {
            ErrorKind::NotFound => ApiError { kind: ErrorKind::Server(404), ..error },
            _ => error,
        })?;
        if let Some(pid) = &partner_pid {
            stored_identity::save(&credentials.email, pid);
        }
        let session = self.fetch().await?;
        if partner_pid.is_some() {
            self.check_partner(&session).await.inspect_err(|_| stored_identity::delete())?;
        }
        tabs::announce(TabEvent::SignedIn);
        self.resume(session);
        Ok(())
    }

    /// Checks whether the user has signed in in another tab, and if so resumes the waiting calls.
    ///
    /// # Errors
    /// Returns [`ErrorKind::SignedOut`] if the user is not signed in, and other kinds if a call fails.
    pub async fn renew(self) -> Result<(), ApiError> {
        let session = self.fetch().await?;
        self.resume(session);
        Ok(())
    }

    fn resume(self, session: SignedIn) {
        let before = self.state.get_untracked();
        if let State::SignedIn(before) = before
            && before.user.email != session.user.email
        {
            // Another user signed in: the page must not keep data of the previous one.
            return leave();
        }
        self.state.set(State::SignedIn(session));
        self.expired.set(false);
        for resume in self.waiting.try_update_value(std::mem::take).unwrap_or_default() {
            _ = resume.call0(&JsValue::NULL);
        }
    }

    /// Signs out and clears the page.
    ///
    /// # Errors
    /// Returns an error if the server has not ended the session, for example because it could not be reached.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        let is_signed_out = |kind: &ErrorKind| match kind {
            // The published API has no sign-out call. The app deletes its stored data, and the cookie expires when the
            // browser is closed.
            ErrorKind::NotFound => self.only_published.get_untracked(),
            kind => *kind == ErrorKind::SignedOut,
        };
        match self.send_once(&Call::new::<SignOut>(&NoPath {}, &Empty {}, &Empty {}), None).await {
            Err(error) if !is_signed_out(&error.kind) => Err(error),
            _ => {
                stored_identity::delete();
                tabs::announce(TabEvent::SignedOut);
                leave();
                Ok(())
            }
        }
    }

    /// Reacts when the user signs in or out in another tab, until the calling component is unmounted.
    pub fn follow_tabs(self) {
        tabs::on_event(move |event| leptos::task::spawn_local(self.follow(event)));
    }

    async fn follow(self, event: TabEvent) {
        match (self.state.get_untracked(), event) {
            (State::SignedIn(_), TabEvent::SignedOut) => leave(),
            (State::SignedIn(_), TabEvent::SignedIn) => {
                // Ignore other errors: if the server cannot be reached now, the next call notices that another user has
                // signed in.
                if let Err(ApiError { kind: ErrorKind::SignedOut, .. }) = self.renew().await {
                    leave();
                }
            }
            (_, TabEvent::SignedIn) => self.check().await,
            (_, TabEvent::SignedOut) => {}
        }
    }

    async fn fetch(self) -> Result<SignedIn, ApiError> {
        let call = Call::new::<GetSession>(&NoPath {}, &Empty {}, &Empty {});
        let session = match self.send_once(&call, None).await {
            Err(ApiError { kind: ErrorKind::NotFound, .. }) => {
                self.only_published.set(true);
                stored_identity::load()
            }
            reply => {
                let session = reply?.decode::<GetSession>()?;
                self.only_published.set(false);
                session
            }
        };
        let mut session = session.ok_or(ErrorKind::SignedOut)?;
        if session.csrf_token.is_none() {
            let body = CsrfTokenRequest { email: session.user.email.clone() };
            let call = Call::new::<IssueCsrfToken>(&NoPath {}, &Empty {}, &body);
            let reply = self.send_once(&call, None).await.map_err(|error| match error.kind {
                // Another user has signed in in another tab, so this tab's user is signed out.
                ErrorKind::Forbidden => ErrorKind::SignedOut.into(),
                _ => error,
            });
            session.csrf_token = Some(reply?.decode::<IssueCsrfToken>()?.token);
        }
        Ok(session)
    }

    /// Checks that the partner, whose PID the user has typed, exists and belongs to the user.
    async fn check_partner(self, session: &SignedIn) -> Result<(), ApiError> {
        let path = PartnerPath { pid: session.partner.pid.clone() };
        let call = Call::new::<ListInvitations>(&path, &Empty {}, &Empty {});
        let reply = self.send_with_token(&call, session.csrf_token.as_deref(), None).await;
        reply.map(|_| ()).map_err(|error| match error.kind {
            ErrorKind::Forbidden => ErrorKind::NotFound.into(),
            _ => error,
        })
    }
}

/// Deletes the user's drafts and reloads the page, so that no data of the user stays in this tab.
fn leave() {
    drafts::delete_all();
    _ = window().location().reload();
}

/// Makes an idempotency key, which is a random UUID.
pub fn new_key() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

pub fn use_session() -> Session {
    expect_context()
}
