//! All calls of the API.

use std::any::TypeId;

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
    endpoint::{Empty, Endpoint, EndpointInfo, ErrorStyle},
    invitation::*,
    ledger::*,
    vitals::*,
};

/// A call of the API with the schemas of its types.
pub(super) struct Call {
    pub(super) info: EndpointInfo,
    /// Schemas of the path parameters by parameter name.
    pub(super) path: Map<String, Value>,
    pub(super) query: Map<String, Value>,
    pub(super) body: Option<Value>,
    pub(super) reply: Value,
}

pub(super) fn all(schemas: &mut Schemas) -> Vec<Call> {
    let it = schemas;
    let lines = ["from", "to", "direction", "service", "limit", "marker"];
    let summary = ["from", "to", "granularity", "direction", "service"];
    let expenses = ["from", "to", "granularity", "service"];
    let file = ["format", "locale"];
    vec![
        call::<SignIn>(it),
        call::<IssueCsrfToken>(it),
        call::<GetSession>(it),
        call::<SignOut>(it),
        call::<CreateContactRequest>(it),
        Call { reply: clients(it), ..call::<ListClients>(it) },
        call::<GetClient>(it),
        call::<SetClientIdentifier>(it),
        call::<GetClientBilling>(it),
        call::<GetBalanceAmount>(it),
        call::<GetBalance>(it),
        call::<ListServices>(it),
        call::<ListMovements>(it).reading(&[&lines]),
        call::<SummarizeMovements>(it).reading(&[&summary]),
        call::<GetExpenses>(it).reading(&[&expenses]),
        call::<ExportMovements>(it).reading(&[&summary, &file, &["view"]]),
        call::<ExportExpenses>(it).reading(&[&expenses, &file, &["sort"]]),
        call::<BlockClients>(it),
        call::<UnblockClients>(it),
        call::<DetachClients>(it),
        call::<ListInvitations>(it),
        call::<CreateInvitation>(it),
        call::<RenewInvitation>(it),
        call::<ResendInvitation>(it),
        call::<RevokeInvitation>(it),
        call::<CreateInvitationLink>(it),
        call::<LookUpInvitation>(it),
        call::<AcceptInvitation>(it),
        call::<CountVitals>(it),
    ]
}

fn call<E>(schemas: &mut Schemas) -> Call
where
    E: Endpoint<Path: JsonSchema, Query: JsonSchema, Body: JsonSchema + 'static, Reply: JsonSchema + 'static>,
{
    let has_body = TypeId::of::<E::Body>() != TypeId::of::<Empty>();
    // A server may omit any field of a published reply, so use the schema in which fields can be missing. Invitations
    // need the same schema everywhere, because both published and other calls return the same type.
    let is_published = E::ERRORS == ErrorStyle::Published || TypeId::of::<E::Reply>() == TypeId::of::<Invitation>();
    let reply = if is_published { schemas.read::<E::Reply>() } else { schemas.written::<E::Reply>() };
    Call {
        info: EndpointInfo::of::<E>(),
        path: schemas.fields::<E::Path>(),
        query: schemas.fields::<E::Query>(),
        body: has_body.then(|| schemas.read::<E::Body>()),
        reply,
    }
}

/// Schema of the clients list: either the published bare array, or the page that the server returns for a `limit`.
fn clients(schemas: &mut Schemas) -> Value {
    let (all, page) = (schemas.read::<Vec<Client>>(), schemas.read::<ClientsPage>());
    serde_json::json!({ "oneOf": [all, page] })
}

impl Call {
    /// Keeps only the query parameters that the call reads, because several calls share one query type.
    fn reading(mut self, names: &[&[&str]]) -> Self {
        self.query.retain(|name, _| names.iter().any(|names| names.contains(&name.as_str())));
        self
    }
}
