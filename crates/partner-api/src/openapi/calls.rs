//! All calls, with what their types do not say.

use std::any::{TypeId, type_name};

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::Schemas;
use crate::{
    acceptance::*,
    auth::*,
    billing::*,
    bulk::*,
    client::*,
    contact::*,
    endpoint::{Empty, Endpoint, ErrorStyle},
    invitation::*,
    ledger::*,
    vitals::*,
};

/// Who may call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// Everybody; nobody has to be signed in.
    Anyone,
    /// Everybody; whoever is signed in sends a CSRF token.
    Visitor,
    /// Whoever is signed in, without a CSRF token.
    SignedIn,
    /// Whoever is signed in, with a CSRF token where the call changes something.
    Actor,
}

/// What a success has.
pub(super) enum Success {
    /// JSON of this schema.
    Json(Value),
    /// A file to save, of one of these media types.
    File(&'static [&'static str]),
    /// No body: 204.
    Nothing,
}

/// A call, before it is written down.
pub(super) struct Call {
    /// Path of the endpoint's type.
    pub(super) type_name: &'static str,
    pub(super) docs: &'static str,
    pub(super) method: &'static str,
    pub(super) route: &'static str,
    pub(super) is_safe: bool,
    pub(super) errors: ErrorStyle,
    pub(super) caller: Caller,
    /// Parameters by name.
    pub(super) path: Map<String, Value>,
    pub(super) query: Map<String, Value>,
    pub(super) body: Option<Value>,
    pub(super) success: Success,
    /// 201 in place of 200.
    pub(super) is_creation: bool,
    /// Needs an idempotency key.
    pub(super) is_keyed: bool,
    /// Answers 429 to those who ask too often.
    pub(super) is_limited: bool,
    /// Answers a `Set-Cookie`.
    pub(super) sets_cookie: bool,
    /// Refusals that no rule gives.
    pub(super) further: &'static [u16],
}

const FILES: &[&str] =
    &["text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"];

/// In the order of the routes' resources.
pub(super) fn all(schemas: &mut Schemas) -> Vec<Call> {
    use Caller as C;
    let it = schemas;
    let lines = ["from", "to", "direction", "service", "limit", "marker"];
    let summary = ["from", "to", "granularity", "direction", "service"];
    let expenses = ["from", "to", "granularity", "service"];
    let file = ["format", "locale"];
    vec![
        Call { sets_cookie: true, is_limited: true, further: &[401], ..call::<SignIn>(it, C::Anyone) },
        call::<IssueCsrfToken>(it, C::SignedIn),
        call::<GetSession>(it, C::Anyone),
        Call { sets_cookie: true, ..call::<SignOut>(it, C::Actor) },
        Call { is_limited: true, ..call::<CreateContactRequest>(it, C::Visitor).created().keyed() },
        Call { success: clients(it), ..call::<ListClients>(it, C::Actor) },
        call::<GetClient>(it, C::Actor),
        Call { further: &[409], ..call::<SetClientIdentifier>(it, C::Actor) },
        call::<GetClientBilling>(it, C::Actor),
        call::<GetBalanceAmount>(it, C::Actor),
        call::<GetBalance>(it, C::Actor),
        call::<ListServices>(it, C::Actor),
        call::<ListMovements>(it, C::Actor).reading(&[&lines]),
        call::<SummarizeMovements>(it, C::Actor).reading(&[&summary]),
        call::<GetExpenses>(it, C::Actor).reading(&[&expenses]),
        call::<ExportMovements>(it, C::Actor).reading(&[&summary, &file, &["view"]]).file(),
        call::<ExportExpenses>(it, C::Actor).reading(&[&expenses, &file, &["sort"]]).file(),
        call::<BlockClients>(it, C::Actor).keyed(),
        call::<UnblockClients>(it, C::Actor).keyed(),
        call::<DetachClients>(it, C::Actor).keyed(),
        call::<ListInvitations>(it, C::Actor),
        call::<CreateInvitation>(it, C::Actor).created().keyed(),
        call::<RenewInvitation>(it, C::Actor),
        call::<ResendInvitation>(it, C::Actor),
        call::<RevokeInvitation>(it, C::Actor),
        call::<CreateInvitationLink>(it, C::Actor).created(),
        Call { is_limited: true, further: &[404], ..call::<LookUpInvitation>(it, C::Anyone) },
        Call { is_limited: true, further: &[404], ..call::<AcceptInvitation>(it, C::Anyone).keyed() },
        Call { is_limited: true, success: Success::Nothing, ..call::<CountVitals>(it, C::Anyone) },
    ]
}

fn call<E>(schemas: &mut Schemas, caller: Caller) -> Call
where
    E: Endpoint<Path: JsonSchema, Query: JsonSchema, Body: JsonSchema + 'static, Reply: JsonSchema + 'static>,
{
    let has_body = TypeId::of::<E::Body>() != TypeId::of::<Empty>();
    // Of a published reply any field may be missing, whatever the reference server writes; an invitation is one
    // wherever it is answered.
    let is_published = E::ERRORS == ErrorStyle::Published || TypeId::of::<E::Reply>() == TypeId::of::<Invitation>();
    let reply = if is_published { schemas.read::<E::Reply>() } else { schemas.written::<E::Reply>() };
    Call {
        type_name: type_name::<E>(),
        docs: E::DOCS,
        method: E::METHOD.as_str(),
        route: E::ROUTE,
        is_safe: E::METHOD.is_safe(),
        errors: E::ERRORS,
        caller,
        path: schemas.fields::<E::Path>(),
        query: schemas.fields::<E::Query>(),
        body: has_body.then(|| schemas.read::<E::Body>()),
        success: Success::Json(reply),
        is_creation: false,
        is_keyed: false,
        is_limited: false,
        sets_cookie: false,
        further: &[],
    }
}

/// The bare array, as published, and the page that a limit makes of it.
fn clients(schemas: &mut Schemas) -> Success {
    let (all, page) = (schemas.read::<Vec<Client>>(), schemas.read::<ClientsPage>());
    Success::Json(serde_json::json!({ "oneOf": [all, page] }))
}

impl Call {
    fn created(self) -> Self {
        Self { is_creation: true, ..self }
    }

    fn keyed(self) -> Self {
        Self { is_keyed: true, ..self }
    }

    fn file(self) -> Self {
        Self { success: Success::File(FILES), ..self }
    }

    /// Only these of the parameters mean anything to the call.
    fn reading(mut self, names: &[&[&str]]) -> Self {
        self.query.retain(|name, _| names.iter().any(|names| names.contains(&name.as_str())));
        self
    }
}
