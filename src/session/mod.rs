//! Who is signed in, and calls on their behalf: the CSRF token, signing in again, one effect per call.

pub mod permissions;
pub mod stored_identity;
pub mod tabs;

use leptos::prelude::*;
use partner_api::{
    Endpoint, GetSession, IssueCsrfToken, ListInvitations, SignIn, SignOut,
    auth::{Credentials, CsrfTokenRequest, Role, Session as SignedIn},
    endpoint::{Empty, NoPath, PartnerPath},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::{
    api::{
        ApiError, Call, ErrorKind, Reply, Sent,
        retry::{Patience, Safety},
    },
    browser::{clock, drafts},
    config::Config,
    session::{
        permissions::{Refusal, Wish, refusal},
        tabs::News,
    },
};

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Not known yet.
    Checking,
    /// It could not be found out.
    Failed(ApiError),
    /// Nobody is.
    SignedOut,
    /// Somebody is.
    SignedIn(SignedIn),
}

/// The session of this page.
#[derive(Clone, Copy)]
pub struct Session {
    /// Configuration, for the API's address.
    pub config: StoredValue<Config>,
    state: RwSignal<State>,
    /// The API has the published calls alone. None of them says who is signed in: [`remembered`](mod@remembered) does.
    only_published: RwSignal<bool>,
    /// The session ran out while a page was open: sign in again over it.
    expired: RwSignal<bool>,
    /// Calls under way whose reply was lost: nobody knows yet whether they were done.
    unsure: RwSignal<u32>,
    /// Calls that wait for signing in again.
    waiting: StoredValue<Vec<js_sys::Function>, LocalStorage>,
}

impl Session {
    /// Nobody known yet.
    pub fn new(config: Config) -> Self {
        Self {
            config: StoredValue::new(config),
            state: RwSignal::new(State::Checking),
            only_published: RwSignal::new(false),
            expired: RwSignal::new(false),
            unsure: RwSignal::new(0),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Whether somebody is signed in.
    pub fn state(self) -> Signal<State> {
        self.state.into()
    }

    /// Whether the session ran out under an open page.
    pub fn expired(self) -> Signal<bool> {
        self.expired.into()
    }

    /// Whether the API has the published calls and no others; known once the state is.
    pub fn only_published(self) -> Signal<bool> {
        self.only_published.into()
    }

    /// Why something is not possible, for whoever is signed in and with this API.
    pub fn refusal(self, wish: Wish) -> Option<Refusal> {
        let role = self.state.with(|state| match state {
            State::SignedIn(session) => session.user.role,
            _ => Role::Owner,
        });
        refusal(role, self.only_published.get(), wish)
    }

    /// Whether a call is under way of which nobody knows yet whether it was done: its reply was lost, and it is sent
    /// again with its key to find out.
    pub fn is_unsure(self) -> Signal<bool> {
        let unsure = self.unsure;
        Signal::derive(move || unsure.get() > 0)
    }

    /// PID of the signed-in partner; empty where nobody is.
    pub fn pid(self) -> String {
        self.state.with_untracked(|state| match state {
            State::SignedIn(session) => session.partner.pid.clone(),
            _ => String::new(),
        })
    }

    /// Finds out who is signed in.
    pub async fn check(self) {
        let state = match self.fetch().await {
            Ok(session) => State::SignedIn(session),
            Err(ApiError { kind: ErrorKind::SignedOut, .. }) => State::SignedOut,
            Err(error) => State::Failed(error),
        };
        self.state.set(state);
    }

    /// Signs in. When the session had run out, the waiting calls go on. `partner_pid` is for an API that does not tell
    /// for whom somebody acts.
    ///
    /// # Errors
    /// [`ErrorKind::SignedOut`] for a wrong email or password, [`ErrorKind::TooMany`] when locked out,
    /// [`ErrorKind::NotFound`] for a partner that is not there or not this person's.
    pub async fn sign_in(self, credentials: &Credentials, partner_pid: Option<String>) -> Result<(), ApiError> {
        let signed_in = self.once(&Call::new::<SignIn>(&NoPath {}, &Empty {}, credentials), None).await;
        // No such call is no such API, and says nothing of the partner.
        signed_in.map_err(|error| match error.kind {
            ErrorKind::NotFound => ApiError { kind: ErrorKind::Server(404), ..error },
            _ => error,
        })?;
        if let Some(pid) = &partner_pid {
            stored_identity::keep(&credentials.email, pid);
        }
        let session = self.fetch().await?;
        if partner_pid.is_some() {
            self.check_partner(&session).await.inspect_err(|_| stored_identity::forget())?;
        }
        tabs::tell(News::SignedIn);
        self.go_on(session);
        Ok(())
    }

    /// Looks whether somebody signed in meanwhile, in another tab; the waiting calls then go on.
    ///
    /// # Errors
    /// [`ErrorKind::SignedOut`] where nobody did.
    pub async fn look_again(self) -> Result<(), ApiError> {
        let session = self.fetch().await?;
        self.go_on(session);
        Ok(())
    }

    fn go_on(self, session: SignedIn) {
        let before = self.state.get_untracked();
        if let State::SignedIn(before) = before
            && before.user.email != session.user.email
        {
            // Somebody else: nothing of the one before may stay on the page.
            return leave();
        }
        self.state.set(State::SignedIn(session));
        self.expired.set(false);
        for resume in self.waiting.try_update_value(std::mem::take).unwrap_or_default() {
            _ = resume.call0(&JsValue::NULL);
        }
    }

    /// Signs out and leaves nothing of the session on the page.
    ///
    /// # Errors
    /// The server could not be told, so the session still stands.
    pub async fn sign_out(self) -> Result<(), ApiError> {
        // Signing out was not published: then the account forgets what it can, and the cookie goes with the browser.
        let is_left = |kind: &ErrorKind| match kind {
            ErrorKind::NotFound => self.only_published.get_untracked(),
            kind => *kind == ErrorKind::SignedOut,
        };
        match self.once(&Call::new::<SignOut>(&NoPath {}, &Empty {}, &Empty {}), None).await {
            Err(error) if !is_left(&error.kind) => Err(error),
            _ => {
                stored_identity::forget();
                tabs::tell(News::SignedOut);
                leave();
                Ok(())
            }
        }
    }

    /// Follows what happens in other tabs, as long as the account is open.
    pub fn follow_tabs(self) {
        tabs::hear(move |news| leptos::task::spawn_local(self.follow(news)));
    }

    async fn follow(self, news: News) {
        match (self.state.get_untracked(), news) {
            (State::SignedIn(_), News::SignedOut) => leave(),
            (State::SignedIn(_), News::SignedIn) => {
                // Where the server is out of reach, the next call finds out.
                if let Err(ApiError { kind: ErrorKind::SignedOut, .. }) = self.look_again().await {
                    leave();
                }
            }
            (_, News::SignedIn) => self.check().await,
            (_, News::SignedOut) => {}
        }
    }

    /// Calls an endpoint that reads.
    ///
    /// # Errors
    /// See [`ErrorKind`]; a session that has run out is none: the call goes on after signing in again.
    pub async fn get<E: Endpoint<Body = Empty>>(self, path: &E::Path, query: &E::Query) -> Result<E::Reply, ApiError> {
        self.call::<E>(path, query, &Empty {}, None).await
    }

    /// Calls an endpoint, with a key that makes a repeated request have one effect.
    ///
    /// # Errors
    /// See [`ErrorKind`]; a session that has run out is none: the call goes on after signing in again.
    pub async fn call<E: Endpoint>(
        self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
        key: Option<&str>,
    ) -> Result<E::Reply, ApiError> {
        self.send(Call::new::<E>(path, query, body), key).await?.decode::<E>()
    }

    /// Sends a call, and again after signing in anew or with a new token.
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send(self, call: Call, key: Option<&str>) -> Result<Reply, ApiError> {
        let mut renewed = false;
        loop {
            let reply = self.patiently(&call, key).await;
            match &reply {
                Err(ApiError { kind: ErrorKind::SignedOut, .. }) => self.wait_for_sign_in().await,
                // Another tab signed in anew: the cookie is good, our token is not.
                Err(ApiError { kind: ErrorKind::Forbidden, .. }) if !renewed => {
                    renewed = true;
                    if let Ok(session) = self.fetch().await {
                        self.state.set(State::SignedIn(session));
                    }
                }
                _ => return reply,
            }
        }
    }

    /// Sends a call, and again where that is safe and may help ([`Patience`]).
    async fn patiently(self, call: &Call, key: Option<&str>) -> Result<Reply, ApiError> {
        let safety = match key {
            _ if call.is_safe() => Safety::Reads,
            Some(_) => Safety::Keyed,
            None => Safety::Unsafe,
        };
        let mut patience = Patience::default();
        let mut is_unsure = false;
        let reply = loop {
            let reply = self.once(call, key).await;
            let reply = if safety == Safety::Keyed { reply.and_then(Reply::checked) } else { reply };
            let Err(error) = &reply else { break reply };
            let Some(pause) = patience.pause(&error.kind, safety, chance()) else { break reply };
            if safety == Safety::Keyed && error.kind.is_unknown_outcome() && !std::mem::replace(&mut is_unsure, true) {
                self.unsure.update(|unsure| *unsure += 1);
            }
            clock::wait(pause).await;
        };
        if is_unsure {
            self.unsure.update(|unsure| *unsure -= 1);
        }
        reply
    }

    async fn once(self, call: &Call, key: Option<&str>) -> Result<Reply, ApiError> {
        let base = self.config.with_value(|config| config.api_base.clone());
        let csrf = self.state.with_untracked(|state| match state {
            State::SignedIn(session) => session.csrf_token.clone(),
            _ => None,
        });
        call.send(Sent { base: &base, csrf: csrf.as_deref(), idempotency_key: key }).await
    }

    async fn fetch(self) -> Result<SignedIn, ApiError> {
        let call = Call::new::<GetSession>(&NoPath {}, &Empty {}, &Empty {});
        let session = match self.once(&call, None).await {
            Err(ApiError { kind: ErrorKind::NotFound, .. }) => {
                self.only_published.set(true);
                stored_identity::session()
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
            let reply = self.once(&call, None).await.map_err(|error| match error.kind {
                // Somebody else signed in, in another tab.
                ErrorKind::Forbidden => ErrorKind::SignedOut.into(),
                _ => error,
            });
            session.csrf_token = Some(reply?.decode::<IssueCsrfToken>()?.token);
        }
        Ok(session)
    }

    /// Whether the partner is there, and this person's: typed, and not told by the API.
    async fn check_partner(self, session: &SignedIn) -> Result<(), ApiError> {
        let path = PartnerPath { pid: session.partner.pid.clone() };
        let call = Call::new::<ListInvitations>(&path, &Empty {}, &Empty {});
        let base = self.config.with_value(|config| config.api_base.clone());
        let sent = Sent { base: &base, csrf: session.csrf_token.as_deref(), ..Sent::default() };
        call.send(sent).await.map(|_| ()).map_err(|error| match error.kind {
            ErrorKind::Forbidden => ErrorKind::NotFound.into(),
            _ => error,
        })
    }

    async fn wait_for_sign_in(self) {
        self.expired.set(true);
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            self.waiting.update_value(|waiting| waiting.push(resolve));
        });
        _ = JsFuture::from(promise).await;
    }
}

/// Leaves nothing of who was signed in, in this tab.
fn leave() {
    drafts::clear_all();
    _ = window().location().reload();
}

/// Any number.
fn chance() -> u16 {
    let mut bytes = [0; 2];
    _ = window().crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    u16::from_le_bytes(bytes)
}

/// A fresh idempotency key: a random UUID.
pub fn new_key() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// The session, from the context.
pub fn use_session() -> Session {
    expect_context()
}
