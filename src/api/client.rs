//! Sends a call to an endpoint of the API and waits for the reply.
//!
//! gloo-net builds the request and reads the response. The app does not use its `send`, `text` and `binary`, because
//! they panic if a promise is rejected with anything but an `Error` (`docs/decisions/fetch.md`). Instead, [`receive`]
//! awaits the promises.

use std::time::Duration;

use gloo_net::http::{Method as HttpMethod, Request, RequestBuilder, Response};
use leptos::prelude::{document, set_timeout_with_handle, window};
use partner_api::{
    Endpoint, Method,
    auth::{CSRF_HEADER, IDEMPOTENCY_HEADER, REQUEST_ID_HEADER, TRACE_HEADER},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, RequestCredentials};

use super::{
    early,
    error::{ApiError, ErrorKind},
    reply::{File, Reply},
};
use crate::browser::clock::now;

/// Time limit of calls that read.
const READ_TIMEOUT: Duration = Duration::from_secs(20);
/// Time limit of calls that change something or make a file.
const WRITE_TIMEOUT: Duration = Duration::from_secs(40);

/// Values that the session adds to a request.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestContext<'a> {
    /// The setting `api_base`: the part of the URL before `/api/…`.
    pub base: &'a str,
    /// CSRF token of the session; `None` if the user is not signed in.
    pub csrf: Option<&'a str>,
    /// Lets the server recognise a repeated request, so that the call takes effect only once.
    pub idempotency_key: Option<&'a str>,
}

/// A call of any endpoint. The type is not generic, so that the code that sends calls is compiled only once.
#[derive(Clone, Debug)]
pub struct Call {
    method: Method,
    url: String,
    /// JSON; `None` for calls that read.
    body: Option<String>,
    abort: Option<AbortController>,
    is_file: bool,
}

impl Call {
    /// Makes a call without sending it.
    pub fn new<E: Endpoint>(path: &E::Path, query: &E::Query, body: &E::Body) -> Self {
        // Bodies are plain structs of strings, numbers and lists, so serialising cannot fail.
        let body = (!E::METHOD.is_safe()).then(|| serde_json::to_string(body).unwrap_or_default());
        Self { method: E::METHOD, url: E::url(path, query), body, abort: None, is_file: false }
    }

    /// Lets `abort` end the call with [`ErrorKind::Timeout`]. Several calls may share one controller.
    #[must_use]
    pub fn until(mut self, abort: &AbortController) -> Self {
        self.abort = Some(abort.clone());
        self
    }

    /// Reads the reply as a file ([`Reply::into_file`]).
    #[must_use]
    pub const fn for_file(mut self) -> Self {
        self.is_file = true;
        self
    }

    /// Whether the call only reads data.
    pub const fn is_safe(&self) -> bool {
        self.method.is_safe()
    }

    /// Sends the call once. [`crate::session::Session::send`] also retries, and waits until the user has signed in
    /// again.
    ///
    /// # Errors
    /// Returns an error if no reply arrives or its status is not 2xx; [`ErrorKind`] lists the reasons.
    pub async fn send(&self, context: RequestContext<'_>) -> Result<Reply, ApiError> {
        let url = format!("{}{}", context.base, self.url);
        let reply = match early::take_reply(&url).filter(|_| self.is_safe()) {
            Some(promise) => receive(promise, None, false).await?,
            None => self.fetch(&url, context).await?,
        };
        if (200..300).contains(&reply.status) { Ok(reply) } else { Err(reply.into_error()) }
    }

    async fn fetch(&self, url: &str, context: RequestContext<'_>) -> Result<Reply, ApiError> {
        let is_own_origin = context.base.is_empty();
        // Send the trace id only to our own origin, because a server on another origin would have to allow the header.
        let trace =
            window().crypto().map(|crypto| crypto.random_uuid().replace('-', "")).ok().filter(|_| is_own_origin);
        let abort = match &self.abort {
            Some(abort) => abort.clone(),
            None => AbortController::new().map_err(|_| ErrorKind::Network)?,
        };
        let request = self.request(url, context, trace.as_deref(), &abort.signal())?;
        let timeout = if self.is_safe() && !self.is_file { READ_TIMEOUT } else { WRITE_TIMEOUT };
        let promise = window().fetch_with_request(&web_sys::Request::from(request));
        match receive(promise, Some((abort, timeout)), self.is_file).await {
            Ok(reply) => Ok(Reply { request_id: reply.request_id.or(trace), ..reply }),
            // Keep the trace id: the server may have received the request before the timeout, and logged it with this
            // id.
            Err(error) if error.kind == ErrorKind::Timeout => Err(ApiError { request_id: trace, ..error }),
            Err(error) => Err(error),
        }
    }

    fn request(
        &self,
        url: &str,
        context: RequestContext<'_>,
        trace: Option<&str>,
        abort: &AbortSignal,
    ) -> Result<Request, ErrorKind> {
        let credentials =
            if context.base.is_empty() { RequestCredentials::SameOrigin } else { RequestCredentials::Include };
        let mut request = RequestBuilder::new(url)
            .method(http_method(self.method))
            .credentials(credentials)
            .abort_signal(Some(abort));
        // The server writes emails in the language of the page, which may differ from the browser's.
        let language = document().document_element().and_then(|root| root.get_attribute("lang"));
        let trace = trace.map(|trace| format!("00-{trace}-{}-01", &trace[16..]));
        let headers = [
            // The published description of the API requires this header for every call, with or without a body.
            ("content-type", Some("application/json")),
            ("accept", Some(if self.is_file { "*/*" } else { "application/json" })),
            ("accept-language", language.as_deref()),
            (TRACE_HEADER, trace.as_deref()),
            (CSRF_HEADER, context.csrf),
            (IDEMPOTENCY_HEADER, context.idempotency_key),
        ];
        for (name, value) in headers {
            let Some(value) = value else { continue };
            if !is_header_value(value) {
                return Err(ErrorKind::Invalid(Vec::new()));
            }
            request = request.header(name, value);
        }
        match &self.body {
            Some(body) => request.body(body),
            None => request.build(),
        }
        .map_err(|_| ErrorKind::Network)
    }
}

const fn http_method(method: Method) -> HttpMethod {
    match method {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Delete => HttpMethod::DELETE,
    }
}

/// Whether the value is printable ASCII, which every browser accepts. gloo-net panics if the browser rejects a value.
fn is_header_value(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Waits for the status and the body. `limit` is the controller that aborts the request, and the time until it does.
async fn receive(
    promise: js_sys::Promise,
    limit: Option<(AbortController, Duration)>,
    is_file: bool,
) -> Result<Reply, ApiError> {
    let signal = limit.as_ref().map(|(abort, _)| abort.signal());
    let timer = limit.and_then(|(abort, timeout)| set_timeout_with_handle(move || abort.abort(), timeout).ok());
    let reply = read(promise, is_file).await;
    if let Some(timer) = timer {
        timer.clear();
    }
    reply.map_err(|_| {
        let is_aborted = signal.as_ref().is_some_and(AbortSignal::aborted);
        if is_aborted { ErrorKind::Timeout.into() } else { ErrorKind::Network.into() }
    })
}

async fn read(promise: js_sys::Promise, is_file: bool) -> Result<Reply, JsValue> {
    let response = Response::from(JsFuture::from(promise).await?.dyn_into::<web_sys::Response>()?);
    let (status, headers) = (response.status(), response.headers());
    // Read an error as text, because its body is JSON even if the call asked for a file.
    let is_file = is_file && response.ok();
    let response = web_sys::Response::from(response);
    let body = JsFuture::from(if is_file { response.blob()? } else { response.text()? }).await?;
    let text = body.as_string().unwrap_or_default();
    let file = body.dyn_into().ok().map(|content| File { disposition: headers.get("content-disposition"), content });
    Ok(Reply {
        status,
        text,
        file,
        request_id: headers.get(REQUEST_ID_HEADER),
        retry_after: headers.get("retry-after").and_then(|value| retry_seconds(value.trim())),
    })
}

/// Parses `Retry-After`, which is a number of seconds or a date, and returns the seconds to wait.
fn retry_seconds(value: &str) -> Option<u32> {
    let until_date = || {
        let until = js_sys::Date::new(&value.into()).get_time();
        (!until.is_nan()).then(|| {
            #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any date fit")]
            let millis = (until as i64).saturating_sub(now().millis).max(0);
            u32::try_from(millis.saturating_add(999) / 1000).unwrap_or(u32::MAX)
        })
    };
    value.parse().ok().or_else(until_date)
}

#[cfg(test)]
mod tests {
    use super::is_header_value;

    #[test]
    fn only_printable_ascii_is_a_header_value() {
        for value in ["", "application/json", "*/*", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"] {
            assert!(is_header_value(value), "{value}");
        }
        for value in ["a\nb", "a\r\nx: y", "a\0", "a\tb", "ключ", "a\u{a0}b", "\u{7f}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
    }
}
