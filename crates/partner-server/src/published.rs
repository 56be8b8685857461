//! `serve --published-only`: a layer around the API that serves only the published calls, in their published form.
//!
//! The layer removes this project's additions from requests and replies, so handlers need not know about
//! `--published-only`.

use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};
use partner_api::{
    Client, Endpoint, GetBalanceAmount, GetClient, GetClientBilling, Invitation, IssueCsrfToken, ListClients,
    ListInvitations, Method, RenewInvitation, ResendInvitation, RevokeInvitation, SetClientIdentifier, SignIn,
    UnixTime,
    billing::ClientBilling,
    endpoint::{ErrorStyle, PathParams},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::{
    auth::{csrf, session},
    error::{Error, Result},
    request::RequestId,
};

/// Function that converts a reply of this server to the published form.
type Reshape = fn(&[u8]) -> serde_json::Result<Value>;

struct Published {
    method: Method,
    route: &'static str,
    max_body: usize,
    names_partner: bool,
    /// Fields of the request body in the published description. The layer removes all other fields.
    fields: &'static [&'static str],
    /// Converts a successful reply; `None` if the reply already has the published form.
    reshape: Option<Reshape>,
}

const CALLS: [Published; 11] = [
    call::<SignIn>(&["email", "password"], None),
    call::<IssueCsrfToken>(&["email"], None),
    call::<ListClients>(&[], Some(|body| each(body, project))),
    call::<GetClient>(&[], Some(|body| one(body, project))),
    call::<SetClientIdentifier>(&["client_id"], Some(|body| one(body, project))),
    call::<GetClientBilling>(&[], Some(|body| one(body, billing))),
    call::<GetBalanceAmount>(&[], None),
    call::<ListInvitations>(&[], Some(|body| each(body, invite))),
    call::<RenewInvitation>(&["client_id", "infra", "quota", "phone", "name"], Some(|body| one(body, invite))),
    call::<ResendInvitation>(&[], None),
    call::<RevokeInvitation>(&[], Some(|body| one(body, invite))),
];

const fn call<E: Endpoint>(fields: &'static [&'static str], reshape: Option<Reshape>) -> Published {
    assert!(matches!(E::ERRORS, ErrorStyle::Published), "a published call has published errors");
    Published {
        method: E::METHOD,
        route: E::ROUTE,
        max_body: E::MAX_BODY,
        names_partner: E::Path::PARTNER.is_some(),
        fields,
        reshape,
    }
}

pub(crate) async fn only(request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    answer(request, next).await.unwrap_or_else(|error| error.into_response(ErrorStyle::Published, &id))
}

async fn answer(request: Request, next: Next) -> Result<Response> {
    let (mut parts, body) = request.into_parts();
    let route = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let is_it = |call: &&Published| call.method.as_str() == parts.method.as_str() && call.route == route;
    let call = CALLS.iter().find(is_it).ok_or(Error::NotFound)?;
    if call.names_partner {
        require_headers(&parts.headers)?;
    }
    // Remove the query string, because no published call has one.
    parts.uri = Uri::try_from(parts.uri.path()).map_err(|_| Error::NotFound)?;
    let body = to_bytes(body, call.max_body).await.map_err(|_| Error::TooLarge)?;
    let body = match serde_json::from_slice::<Map<String, Value>>(&body) {
        Ok(mut object) => {
            object.retain(|name, _| call.fields.contains(&name.as_str()));
            parts.headers.remove(header::CONTENT_LENGTH);
            serde_json::to_vec(&object)?.into()
        }
        // Pass on a body that is not a JSON object: either the empty body of a call without a body, or a body that the
        // endpoint rejects.
        Err(_) => body,
    };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    match call.reshape {
        Some(reshape) if response.status().is_success() => reshaped(response, reshape).await,
        _ => Ok(response),
    }
}

/// Returns an error if the header `Content-Type` is missing, or if the request has a session cookie without the right
/// CSRF token. The published description requires both headers, even for calls that only read.
fn require_headers(headers: &HeaderMap) -> Result<()> {
    if !headers.contains_key(header::CONTENT_TYPE) {
        return Err(Error::Malformed("The header Content-Type is missing"));
    }
    match session::id_of(headers) {
        Some(id) if !csrf::has_token(headers, &csrf::token(id)) => {
            Err(Error::Forbidden("The CSRF token is missing or wrong"))
        }
        _ => Ok(()),
    }
}

async fn reshaped(response: Response, reshape: Reshape) -> Result<Response> {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| Error::Internal(error.into()))?;
    let body = serde_json::to_vec(&reshape(&body)?)?;
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Ok(Response::from_parts(parts, Body::from(body)))
}

fn one<T: DeserializeOwned>(body: &[u8], shape: fn(T) -> Value) -> serde_json::Result<Value> {
    Ok(known(shape(serde_json::from_slice(body)?)))
}

fn each<T: DeserializeOwned>(body: &[u8], shape: fn(T) -> Value) -> serde_json::Result<Value> {
    let all: Vec<T> = serde_json::from_slice(body)?;
    Ok(all.into_iter().map(|it| known(shape(it))).collect())
}

// If the published description allows both a number and a string, these functions write a string. Without
// `--published-only`, this server writes numbers, so the app is tested with both.

/// Writes a client as `SerializedProject` of the published description. The description requires a number as phone, so
/// any other phone is omitted.
fn project(client: Client) -> Value {
    json!({
        "pid": client.pid,
        "enabled": client.enabled,
        "phone": client.phone.and_then(|phone| phone.parse::<u64>().ok()),
        "ctime": seconds(client.ctime),
        "title": client.title,
        "attr": { "client_id": client.attr.client_id },
        "owner": {
            "email": client.owner.email,
            "uid": client.owner.uid,
            "name": client.owner.name,
            "company": client.owner.company,
        },
    })
}

/// Writes an invitation as `SerializedInvite` of the published description.
fn invite(invitation: Invitation) -> Value {
    json!({
        "iid": invitation.iid,
        "type": invitation.kind,
        "pid": invitation.pid,
        "email": invitation.email,
        "ctime": seconds(invitation.ctime),
        "initiator": invitation.initiator,
        "meta": {
            "name": invitation.meta.name,
            "phone": invitation.meta.phone,
            "company": invitation.meta.company,
            "client_id": invitation.meta.client_id,
        },
    })
}

/// Writes a billing summary as `ProjectBillingInfo` of the published description.
fn billing(billing: ClientBilling) -> Value {
    json!({
        "pid": billing.pid,
        "balance": billing.balance,
        "bonus": billing.bonus,
        "currency": billing.currency,
        "legal_form": billing.legal_form,
        "verified": billing.verified,
        "autopay": billing.autopay,
    })
}

/// Writes a time as Unix seconds in a string.
fn seconds(time: Option<UnixTime>) -> Value {
    time.and_then(|time| serde_json::to_string(&time).ok()).into()
}

/// Removes nulls, and objects that have no other values.
fn known(value: Value) -> Value {
    let Value::Object(object) = value else { return value };
    let is_known = |value: &Value| !value.is_null() && value.as_object().is_none_or(|object| !object.is_empty());
    object.into_iter().map(|(name, value)| (name, known(value))).filter(|(_, value)| is_known(value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(reshape: Reshape, ours: &Value, published: &Value) {
        assert_eq!(&reshape(ours.to_string().as_bytes()).unwrap(), published);
    }

    fn reshape_of<E: Endpoint>() -> Reshape {
        CALLS.iter().find(|it| (it.method, it.route) == (E::METHOD, E::ROUTE)).unwrap().reshape.unwrap()
    }

    #[test]
    fn a_client_has_only_the_published_fields() {
        let ours = json!({
            "pid": "mcs1234567890", "enabled": true, "phone": 74950000001_u64, "ctime": 1743498000.125,
            "title": "mcs1234567890", "attr": {"client_id": "CRM 1"},
            "owner": {"email": "a@client.example", "uid": 900000001, "name": "Anna", "company": "Anna LLC"},
            "balance": {"base": "1", "bonus": "2", "currency": "RUB", "lasts_days": 3},
        });
        let published = json!({
            "pid": "mcs1234567890", "enabled": true, "phone": 74950000001_u64, "ctime": "1743498000.125",
            "title": "mcs1234567890", "attr": {"client_id": "CRM 1"},
            "owner": {"email": "a@client.example", "uid": "900000001", "name": "Anna", "company": "Anna LLC"},
        });
        becomes(reshape_of::<GetClient>(), &ours, &published);
        becomes(reshape_of::<SetClientIdentifier>(), &ours, &published);
        becomes(reshape_of::<ListClients>(), &json!([ours, ours]), &json!([published, published]));
    }

    #[test]
    fn unknown_fields_of_a_client_are_left_out() {
        let ours =
            json!({"pid": "mcs1", "phone": "no digits", "ctime": 1743498000, "attr": {}, "owner": {"name": null}});
        becomes(reshape_of::<GetClient>(), &ours, &json!({"pid": "mcs1", "ctime": "1743498000"}));
    }

    #[test]
    fn an_invitation_has_only_the_published_fields() {
        let ours = json!({
            "iid": "0000000000000000000000000000000f", "type": "pclient", "pid": "mcs1", "email": "a@client.example",
            "ctime": 1743498000, "initiator": "me@partner.example",
            "meta": {"name": "Anna", "phone": 74950000001_u64, "client_id": "CRM 1"},
            "expires_at": 1743500000, "sent_at": 1743498001, "delivery": "delivered",
        });
        let published = json!({
            "iid": "0000000000000000000000000000000f", "type": "pclient", "pid": "mcs1", "email": "a@client.example",
            "ctime": "1743498000", "initiator": "me@partner.example",
            "meta": {"name": "Anna", "phone": "74950000001", "client_id": "CRM 1"},
        });
        becomes(reshape_of::<RenewInvitation>(), &ours, &published);
        becomes(reshape_of::<RevokeInvitation>(), &ours, &published);
        becomes(reshape_of::<ListInvitations>(), &json!([ours]), &json!([published]));
    }

    #[test]
    fn amounts_of_billing_are_exact_strings() {
        let ours = json!({
            "pid": "mcs1", "balance": "-12345678901.050001", "bonus": "0", "currency": "KZT", "legal_form": null,
            "verified": false, "autopay": false,
        });
        let published = json!({
            "pid": "mcs1", "balance": "-12345678901.050001", "bonus": "0", "currency": "KZT", "verified": false,
            "autopay": false,
        });
        becomes(reshape_of::<GetClientBilling>(), &ours, &published);
    }
}
