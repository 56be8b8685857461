//! Sends the user's calls: adds the CSRF token, retries failed calls, and waits while the user signs in again.

use leptos::prelude::*;
use partner_api::{Endpoint, endpoint::Empty};
use wasm_bindgen_futures::JsFuture;

use super::{Session, State};
use crate::{
    api::{
        ApiError, Call, ErrorKind, Reply, RequestContext,
        retry::{Retry, Safety},
    },
    browser::clock,
};

impl Session {
    /// Calls an endpoint that only reads data.
    ///
    /// # Errors
    /// Returns an error if the call fails; [`ErrorKind`] lists the reasons. An expired session is not an error: the
    /// call resumes once the user has signed in again.
    pub async fn get<E: Endpoint<Body = Empty>>(self, path: &E::Path, query: &E::Query) -> Result<E::Reply, ApiError> {
        self.call::<E>(path, query, &Empty {}, None).await
    }

    /// Calls an endpoint. `key` is an idempotency key: repeated requests with the same key take effect only once.
    ///
    /// # Errors
    /// Returns the same errors as [`Session::get`].
    pub async fn call<E: Endpoint>(
        self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
        key: Option<&str>,
    ) -> Result<E::Reply, ApiError> {
        self.send(Call::new::<E>(path, query, body), key).await?.decode::<E>()
    }

    /// Sends a call. If the session has expired, sends the call again once the user has signed in; if the CSRF token is
    /// not valid, once the token is renewed.
    ///
    /// # Errors
    /// Returns the same errors as [`Session::get`].
    pub async fn send(self, call: Call, key: Option<&str>) -> Result<Reply, ApiError> {
        let mut has_new_token = false;
        loop {
            let reply = self.send_with_retries(&call, key).await;
            match &reply {
                Err(ApiError { kind: ErrorKind::SignedOut, .. }) => self.wait_for_sign_in().await,
                // A 403 can mean that the CSRF token is no longer valid, because the user has signed in again in
                // another tab. Renew the token once.
                Err(ApiError { kind: ErrorKind::Forbidden, .. }) if !has_new_token => {
                    has_new_token = true;
                    if let Ok(session) = self.fetch().await {
                        self.state.set(State::SignedIn(session));
                    }
                }
                _ => return reply,
            }
        }
    }

    async fn send_with_retries(self, call: &Call, key: Option<&str>) -> Result<Reply, ApiError> {
        let safety = match key {
            _ if call.is_safe() => Safety::Reads,
            Some(_) => Safety::Keyed,
            None => Safety::Unsafe,
        };
        let mut retry = Retry::default();
        let mut has_lost_reply = false;
        let reply = loop {
            let reply = self.send_once(call, key).await;
            let reply = if safety == Safety::Keyed { reply.and_then(Reply::require_json) } else { reply };
            let Err(error) = &reply else { break reply };
            let Some(pause) = retry.next_pause(&error.kind, safety, random()) else { break reply };
            if safety == Safety::Keyed
                && error.kind.is_unknown_outcome()
                && !std::mem::replace(&mut has_lost_reply, true)
            {
                self.lost_replies.update(|count| *count += 1);
            }
            clock::wait(pause).await;
        };
        if has_lost_reply {
            self.lost_replies.update(|count| *count -= 1);
        }
        reply
    }

    pub(super) async fn send_once(self, call: &Call, key: Option<&str>) -> Result<Reply, ApiError> {
        let csrf = self.state.with_untracked(|state| match state {
            State::SignedIn(session) => session.csrf_token.clone(),
            _ => None,
        });
        self.send_with_token(call, csrf.as_deref(), key).await
    }

    pub(super) async fn send_with_token(
        self,
        call: &Call,
        csrf: Option<&str>,
        key: Option<&str>,
    ) -> Result<Reply, ApiError> {
        let base = self.config.with_value(|config| config.api_base.clone());
        call.send(RequestContext { base: &base, csrf, idempotency_key: key }).await
    }

    async fn wait_for_sign_in(self) {
        self.expired.set(true);
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            self.waiting.update_value(|waiting| waiting.push(resolve));
        });
        _ = JsFuture::from(promise).await;
    }
}

fn random() -> u16 {
    let mut bytes = [0; 2];
    _ = window().crypto().map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    u16::from_le_bytes(bytes)
}
