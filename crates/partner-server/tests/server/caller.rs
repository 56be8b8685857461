//! A client for the API with a session, and the replies to its requests.

use std::sync::atomic::{AtomicI64, Ordering};

use partner_api::{
    Client, Endpoint, Invitation, ListClients, ListInvitations, Method, SignIn,
    auth::{CSRF_HEADER, Credentials, IDEMPOTENCY_HEADER},
    client::ClientsQuery,
    endpoint::{ClientPath, Empty, InvitationPath, NoPath, PartnerPath},
};
use reqwest::{StatusCode, header::HeaderMap};

/// Sends requests to the API, with or without a session.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) cookie: Option<String>,
    pub(crate) csrf_token: Option<String>,
    pub(crate) pid: String,
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn decode<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Returns the part `name=value` of the `Set-Cookie` header.
    pub(crate) fn cookie(&self) -> Option<String> {
        Some(self.header("set-cookie").split(';').next()?.to_owned())
    }

    /// Returns the error code from a reply in the format `application/problem+json`.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        self.json()["code"].as_str().unwrap().to_owned()
    }
}

impl Caller {
    /// Creates a caller without a session. `base` is the URL of the server.
    pub(crate) fn anonymous(base: String) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_gzip().build().unwrap();
        Self { http, base, cookie: None, csrf_token: None, pid: String::new() }
    }

    /// Prepares a request with the session cookie and the CSRF token of this caller.
    pub(crate) fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let method = method.as_str().parse().unwrap();
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(token) = &self.csrf_token {
            request = request.header(CSRF_HEADER, token);
        }
        request
    }

    pub(crate) async fn call<E: Endpoint>(&self, path: &E::Path, query: &E::Query, body: &E::Body) -> Reply {
        self.call_with_key::<E>(path, query, body, &new_key()).await
    }

    pub(crate) async fn call_with_key<E: Endpoint>(
        &self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
        key: &str,
    ) -> Reply {
        let mut request = self.request(E::METHOD, &E::url(path, query));
        if !E::METHOD.is_safe() {
            request = request.json(body).header(IDEMPOTENCY_HEADER, key);
        }
        Reply::of(request.send().await.unwrap()).await
    }

    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Reply {
        let body = Credentials { email: email.into(), password: password.into() };
        self.call::<SignIn>(&NoPath {}, &Empty {}, &body).await
    }

    pub(crate) fn partner(&self) -> PartnerPath {
        PartnerPath { pid: self.pid.clone() }
    }

    pub(crate) fn client(&self, client_pid: &str) -> ClientPath {
        ClientPath { pid: self.pid.clone(), client_pid: client_pid.into() }
    }

    pub(crate) fn invitation(&self, id: &str) -> InvitationPath {
        InvitationPath { pid: self.pid.clone(), id: id.into() }
    }

    pub(crate) async fn clients(&self) -> Vec<Client> {
        let reply = self.call::<ListClients>(&self.partner(), &ClientsQuery::default(), &Empty {}).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.decode()
    }

    pub(crate) async fn client_of(&self, email: &str) -> Option<Client> {
        self.clients().await.into_iter().find(|client| client.owner.email.as_deref() == Some(email))
    }

    pub(crate) async fn invitations(&self) -> Vec<Invitation> {
        self.call::<ListInvitations>(&self.partner(), &Empty {}, &Empty {}).await.decode()
    }

    pub(crate) async fn invitation_of(&self, email: &str) -> Option<Invitation> {
        self.invitations().await.into_iter().find(|it| it.email.as_deref() == Some(email))
    }
}

/// Returns an idempotency key that this process has not used before.
pub(crate) fn new_key() -> String {
    static NEXT: AtomicI64 = AtomicI64::new(0);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
