//! The only module that sends requests: one call of an endpoint in, its reply or one [`ApiError`] out.

pub mod retry;

use std::time::Duration;

use leptos::prelude::*;
use partner_api::{
    Endpoint, FieldProblem, Method, Problem,
    auth::{CSRF_HEADER, IDEMPOTENCY_HEADER, REQUEST_ID_HEADER, TRACE_HEADER},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, Blob, RequestCredentials, RequestInit, Response};

use crate::browser::clock::now;

/// Longest wait for a reply to a reading call, and to one that changes something or makes a file.
const TIMEOUTS: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(40));

/// Why a call gave no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Names the request in the server's log: by the server's word, else by the trace that went with the request.
    pub request_id: Option<String>,
}

/// What went wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request did not get through, or the connection broke.
    Network,
    /// No reply in time.
    Timeout,
    /// 401: nobody is signed in, or (at sign-in) email or password are wrong.
    SignedOut,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 409.
    Conflict,
    /// 400 or 422: problems of fields, where the server named them.
    Invalid(Vec<FieldProblem>),
    /// 429, with seconds to wait where the server named them.
    TooMany(Option<u32>),
    /// 5xx or any other status.
    Server(u16),
    /// A reply that is not what it should be, as a proxy's page.
    Unreadable,
    /// A part of the account ([`mod@crate::data::lazy`]) could not be downloaded: no connection, or a new version is there.
    Part,
}

impl ErrorKind {
    /// Whether the effect of a changing call is unknown: it may have happened.
    pub const fn is_unknown_outcome(&self) -> bool {
        matches!(self, Self::Network | Self::Timeout | Self::Server(502..=504) | Self::Unreadable)
    }
}

impl From<ErrorKind> for ApiError {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, request_id: None }
    }
}

/// What goes with a request beside path, query and body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent<'a> {
    /// Origin and path before `/api/…`.
    pub base: &'a str,
    /// CSRF token, where there is one.
    pub csrf: Option<&'a str>,
    /// Makes a repeated request have one effect.
    pub idempotency_key: Option<&'a str>,
}

/// A request, ready to be sent. One type for all endpoints: what sends it is compiled once.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    url: String,
    /// JSON; none for calls that read.
    body: Option<String>,
    /// Ends it from outside.
    abort: Option<AbortController>,
    /// The reply is a file.
    is_file: bool,
}

impl Call {
    /// Prepares a call of an endpoint.
    pub fn new<E: Endpoint>(path: &E::Path, query: &E::Query, body: &E::Body) -> Self {
        // Bodies are plain structs with text in them: there is nothing in them that JSON cannot say.
        let body = (!E::METHOD.is_safe()).then(|| serde_json::to_string(body).unwrap_or_default());
        Self { method: E::METHOD, url: E::url(path, query), body, abort: None, is_file: false }
    }

    /// The same call, which ends (as after a time-out) when `abort` is used. One controller may end several calls.
    #[must_use]
    pub fn until(mut self, abort: &AbortController) -> Self {
        self.abort = Some(abort.clone());
        self
    }

    /// The same call, whose reply is a file ([`Reply::into_file`]).
    #[must_use]
    pub const fn for_file(mut self) -> Self {
        self.is_file = true;
        self
    }

    /// Whether it only reads.
    pub const fn is_safe(&self) -> bool {
        self.method.is_safe()
    }

    /// Sends it once. Signing in again and retries are the session's ([`crate::session::Session::call`]).
    ///
    /// # Errors
    /// See [`ErrorKind`].
    pub async fn send(&self, sent: Sent<'_>) -> Result<Reply, ApiError> {
        let url = format!("{}{}", sent.base, self.url);
        let reply = match early_reply(&url).filter(|_| self.method.is_safe()) {
            Some(promise) => receive(promise, Duration::ZERO, None, false).await,
            None => self.fetch(&url, sent).await,
        }?;
        if (200..300).contains(&reply.status) { Ok(reply) } else { Err(reply.into_error()) }
    }

    async fn fetch(&self, url: &str, sent: Sent<'_>) -> Result<Reply, ApiError> {
        let init = RequestInit::new();
        init.set_method(self.method.as_str());
        let is_here = sent.base.is_empty();
        init.set_credentials(if is_here { RequestCredentials::SameOrigin } else { RequestCredentials::Include });
        let headers = js_sys::Object::new();
        let set = |name: &str, value: &str| _ = js_sys::Reflect::set(&headers, &name.into(), &value.into());
        // The published calls name it as required, with and without a body.
        set("content-type", "application/json");
        set("accept", if self.is_file { "*/*" } else { "application/json" });
        // Letters are written in the language of the page, not of the browser.
        if let Some(language) = document().document_element().and_then(|root| root.get_attribute("lang")) {
            set("accept-language", &language);
        }
        // Only where the server is ours: another origin would have to allow the header.
        let trace = window().crypto().map(|crypto| crypto.random_uuid().replace('-', "")).ok().filter(|_| is_here);
        if let Some(trace) = &trace {
            set(TRACE_HEADER, &format!("00-{trace}-{}-01", &trace[16..]));
        }
        if let Some(token) = sent.csrf {
            set(CSRF_HEADER, token);
        }
        if let Some(key) = sent.idempotency_key {
            set(IDEMPOTENCY_HEADER, key);
        }
        init.set_headers(&headers);
        if let Some(body) = &self.body {
            init.set_body(&body.into());
        }
        let abort = match &self.abort {
            Some(abort) => abort.clone(),
            None => AbortController::new().map_err(|_| ErrorKind::Network)?,
        };
        init.set_signal(Some(&abort.signal()));
        let timeout = if self.method.is_safe() && !self.is_file { TIMEOUTS.0 } else { TIMEOUTS.1 };
        match receive(window().fetch_with_str_and_init(url, &init), timeout, Some(abort), self.is_file).await {
            Ok(reply) => Ok(Reply { request_id: reply.request_id.or(trace), ..reply }),
            // It may have arrived, and be in the log.
            Err(error) if error.kind == ErrorKind::Timeout => Err(ApiError { request_id: trace, ..error }),
            Err(error) => Err(error),
        }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    text: String,
    file: Option<File>,
    request_id: Option<String>,
    retry_after: Option<u32>,
}

/// A file that came back.
#[derive(Clone, Debug)]
pub struct File {
    /// Value of `Content-Disposition`, where the server gave one.
    pub disposition: Option<String>,
    /// Content.
    pub content: Blob,
}

impl Reply {
    /// The file, of a call that was made [`Call::for_file`].
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`]: there is none.
    pub fn into_file(self) -> Result<File, ApiError> {
        self.file.ok_or(ApiError { kind: ErrorKind::Unreadable, request_id: self.request_id })
    }

    /// Reads the reply of an endpoint.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`].
    pub fn decode<E: Endpoint>(self) -> Result<E::Reply, ApiError> {
        // An empty body is a success of a call whose reply means nothing, and of no other.
        let is_empty = size_of::<E::Reply>() == 0 && self.text.trim().is_empty();
        let text = if is_empty { "{}" } else { &self.text };
        E::decode(text).map_err(|_| ApiError { kind: ErrorKind::Unreadable, request_id: self.request_id })
    }

    /// The same reply where it is JSON: what else says that a call has succeeded is not our server.
    ///
    /// # Errors
    /// [`ErrorKind::Unreadable`].
    pub fn checked(self) -> Result<Self, ApiError> {
        match serde_json::from_str::<serde::de::IgnoredAny>(&self.text) {
            Ok(_) => Ok(self),
            Err(_) => Err(ApiError { kind: ErrorKind::Unreadable, request_id: self.request_id }),
        }
    }

    fn into_error(self) -> ApiError {
        let problem = serde_json::from_str::<Problem>(&self.text).ok().filter(|problem| !problem.code.is_empty());
        let errors = problem.map(|problem| problem.errors).unwrap_or_default();
        let is_json = !errors.is_empty() || serde_json::from_str::<serde::de::IgnoredAny>(&self.text).is_ok();
        let kind = match self.status {
            401 => ErrorKind::SignedOut,
            403 => ErrorKind::Forbidden,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            400 | 422 => ErrorKind::Invalid(errors),
            429 => ErrorKind::TooMany(self.retry_after),
            // Below 500 and no JSON: not our server's word, but something between.
            status if status < 500 && !is_json => ErrorKind::Unreadable,
            status => ErrorKind::Server(status),
        };
        ApiError { kind, request_id: self.request_id }
    }
}

/// Waits for status and body; after `timeout` (zero: never) the request is aborted.
async fn receive(
    promise: js_sys::Promise,
    timeout: Duration,
    abort: Option<AbortController>,
    is_file: bool,
) -> Result<Reply, ApiError> {
    let signal = abort.as_ref().map(AbortController::signal);
    let timer = abort.and_then(|abort| set_timeout_with_handle(move || abort.abort(), timeout).ok());
    let reply = read(promise, is_file).await;
    if let Some(timer) = timer {
        timer.clear();
    }
    reply.map_err(|_| {
        let timed_out = signal.as_ref().is_some_and(AbortSignal::aborted);
        if timed_out { ErrorKind::Timeout.into() } else { ErrorKind::Network.into() }
    })
}

async fn read(promise: js_sys::Promise, is_file: bool) -> Result<Reply, JsValue> {
    let response: Response = JsFuture::from(promise).await?.dyn_into()?;
    let header = |name| response.headers().get(name).ok().flatten();
    // What is no success is a problem, in JSON, also where a file was asked for.
    let is_file = is_file && response.ok();
    let body = JsFuture::from(if is_file { response.blob()? } else { response.text()? }).await?;
    let text = body.as_string().unwrap_or_default();
    let file = body.dyn_into().ok().map(|content| File { disposition: header("content-disposition"), content });
    Ok(Reply {
        status: response.status(),
        text,
        file,
        request_id: header(REQUEST_ID_HEADER),
        retry_after: header("retry-after").and_then(|wait| seconds(wait.trim())),
    })
}

/// `Retry-After`: seconds, or the date until which to wait.
fn seconds(wait: &str) -> Option<u32> {
    let until_date = || {
        let until = js_sys::Date::new(&wait.into()).get_time();
        // No date is no number.
        (!until.is_nan()).then(|| {
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any year that matters fit")]
            let millis = (until as i64).saturating_sub(now().millis).max(0);
            u32::try_from(millis.saturating_add(999) / 1000).unwrap_or(u32::MAX)
        })
    };
    wait.parse().ok().or_else(until_date)
}

/// The request that `boot.js` sent for this address while the WASM was loading. Each is taken once.
fn early_reply(url: &str) -> Option<js_sys::Promise> {
    let early = js_sys::Reflect::get(&window(), &"partnerReplies".into()).ok()?;
    let early = early.dyn_into::<js_sys::Map>().ok()?;
    let promise = early.get(&url.into()).dyn_into().ok()?;
    early.delete(&url.into());
    Some(promise)
}
