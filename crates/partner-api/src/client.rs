//! Clients of a partner: the list, one client, and the change of a client's identifier.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    endpoint::{ClientPath, Empty, PartnerPath, endpoint},
    lenient,
    money::Amount,
    time::UnixTime,
};

endpoint! {
    /// *Published.* Returns all clients of a partner as a bare array. No other route has a trailing slash.
    ///
    /// Ours: with `limit` the server answers a page `{"data", "marker", "total"}` in the order of emails. The app also
    /// accepts the bare array of a server that ignores the query.
    ListClients: Get "/api/v1/partners/{pid}/clients/", Published, Actor,
    path: PartnerPath, query: ClientsQuery, body: Empty, reply: ClientsPage, decode: ClientsPage::decode,
    max_items: MAX_CLIENTS,
}

endpoint! {
    /// *Published.* Returns one client.
    GetClient: Get "/api/v1/partners/{pid}/clients/{client_pid}", Published, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Client,
}

endpoint! {
    /// *Published.* Changes the client's identifier and returns the client.
    ///
    /// 409 if `previous_client_id` is not the current identifier.
    SetClientIdentifier: Put "/api/v1/partners/{pid}/clients/{client_pid}", Published, Actor,
    path: ClientPath, query: Empty, body: ClientIdentifier, reply: Client,
    other_refusals: &[409],
}

/// Largest number of clients on one page; a larger `limit` has the same effect as this number.
pub const MAX_CLIENTS: u32 = 10_000;

/// Query of [`ListClients`]. Ours: the published call has no parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientsQuery {
    /// Largest number of clients in the reply, 1 to 10,000 ([`MAX_CLIENTS`]); turns the reply into a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Opaque: `marker` of the previous page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// `balance` adds each client's balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Include>,
}

/// Additional data of [`ListClients`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Include {
    /// [`Client::balance`].
    Balance,
}

/// Body of [`SetClientIdentifier`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientIdentifier {
    /// Free text chosen by the partner, at most 255 characters; empty removes it.
    #[cfg_attr(feature = "openapi", schemars(length(max = 255)))]
    pub client_id: String,
    /// Ours: the identifier that the caller wants to replace, empty for none. The server answers 409 if the client has
    /// another identifier, so that a change does not overwrite the change of another user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_client_id: Option<String>,
}

/// A client: a project of the cloud (`SerializedProject`). Any field but the PID may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Client {
    /// PID of the project: `mcs` and digits.
    pub pid: String,
    /// `false` if the client is blocked. Any value other than a boolean, or a boolean as a string, is read as `None`, so that the
    /// client still appears in the list.
    #[serde(default, deserialize_with = "lenient::flag", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Digits of the phone number; a JSON number in the published shape, a string is accepted.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub phone: Option<String>,
    /// Instant at which the project was created, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctime: Option<UnixTime>,
    /// Title of the project; the PID if it has no title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Attributes that the partner can change.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub attr: ClientAttributes,
    /// Owner of the project.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub owner: ClientOwner,
    /// Ours: balance of the client, only with `include=balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<ClientBalance>,
}

/// Attributes of a [`Client`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientAttributes {
    /// Identifier: the partner's own text for the client, not an id of the API.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Owner of a client's project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientOwner {
    /// Email, which is the login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Digits of the user's id; a JSON number in the published shape, a string is accepted.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub uid: Option<String>,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Name of the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// Balance of a client in the list. Ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientBalance {
    /// Payment account without bonuses; a decimal string.
    pub base: Amount,
    /// Bonus account; a decimal string.
    pub bonus: Amount,
    /// ISO 4217 code of both accounts.
    pub currency: String,
    /// Number of whole days until the balance is used up at the average daily debit ([`crate::ledger::lasts_days`]);
    /// missing if there are no debits or the API does not calculate it.
    #[serde(default, deserialize_with = "lenient::whole", skip_serializing_if = "Option::is_none")]
    pub lasts_days: Option<u32>,
}

/// Reply of [`ListClients`]: one page of clients, or all clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientsPage {
    /// The clients that have the expected shape.
    #[serde(rename = "data")]
    pub clients: Vec<Client>,
    /// The clients that have another shape; not a field in JSON.
    #[serde(skip)]
    pub unreadable: Vec<Unreadable>,
    /// Marker of the next page; missing on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Number of clients on all pages; only on the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
}

/// A client whose JSON has an unexpected shape; the app shows it as unreadable instead of refusing the whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// PID of the client, if at least the PID is readable.
    pub pid: Option<String>,
}

#[derive(Deserialize)]
struct RawPage<'a> {
    #[serde(borrow)]
    data: Vec<&'a RawValue>,
    #[serde(default)]
    marker: Option<String>,
    #[serde(default, deserialize_with = "lenient::whole")]
    total: Option<u32>,
}

impl ClientsPage {
    /// Reads a page or the published bare array, client by client, so that one unreadable client does not empty the list.
    ///
    /// # Errors
    /// The text is neither an array nor an object with `data`.
    pub fn decode(text: &str) -> serde_json::Result<Self> {
        let page = if text.trim_start().starts_with('[') {
            RawPage { data: serde_json::from_str(text)?, marker: None, total: None }
        } else {
            serde_json::from_str(text)?
        };
        let (clients, unreadable) = lenient::each(&page.data);
        let unreadable = unreadable.into_iter().map(|pid| Unreadable { pid }).collect();
        Ok(Self { clients, unreadable, marker: page.marker, total: page.total })
    }
}
