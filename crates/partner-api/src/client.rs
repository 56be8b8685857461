//! Clients of a partner: listing all clients, reading one client, and changing the identifier of a client.

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
    /// Not in the published API: with `limit` the server returns a page `{"data", "marker", "total"}`, sorted by email.
    /// The app also accepts a bare array, because other servers ignore the query string.
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
    /// *Published.* Changes the identifier of a client and returns the client.
    ///
    /// 409 if `previous_client_id` differs from the current identifier of the client.
    SetClientIdentifier: Put "/api/v1/partners/{pid}/clients/{client_pid}", Published, Actor,
    path: ClientPath, query: Empty, body: ClientIdentifier, reply: Client,
    other_refusals: &[409],
}

/// Largest number of clients on one page; a larger `limit` has the same effect as this number.
pub const MAX_CLIENTS: u32 = 10_000;

/// Query of [`ListClients`]. The published call has no parameters; this project added them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientsQuery {
    /// Largest number of clients in the reply, 1 to 10,000 ([`MAX_CLIENTS`]); turns the reply into a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Opaque position in the list: the `marker` of the previous page. Missing for the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// `balance` adds the balance to each client in the reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Include>,
}

/// Additional data that [`ListClients`] can return for each client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Include {
    /// The field [`Client::balance`].
    Balance,
}

/// Body of [`SetClientIdentifier`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientIdentifier {
    /// New identifier: free text that the partner chooses for the client, at most 255 characters. An empty text removes
    /// the identifier.
    #[cfg_attr(feature = "openapi", schemars(length(max = 255)))]
    pub client_id: String,
    /// Not in the published API: the identifier that the caller wants to replace; empty if the client has no
    /// identifier. The server returns 409 if the client has another identifier, so that two users do not overwrite each
    /// other's change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_client_id: Option<String>,
}

/// A client, which is a project in the cloud (`SerializedProject`). All fields except the PID can be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Client {
    /// Id (PID) of the client's project: `mcs` and digits.
    pub pid: String,
    /// `false` if the client is blocked. A boolean in a string is accepted. Any other value is read as `None`, so that
    /// the client still appears in the list.
    #[serde(default, deserialize_with = "lenient::flag", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Digits of the phone number. The published API sends a JSON number; a string is accepted, too.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub phone: Option<String>,
    /// Time at which the project was created, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctime: Option<UnixTime>,
    /// Title of the project; equal to the PID if the project has no title of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Attributes that the partner can change.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub attr: ClientAttributes,
    /// Owner of the project.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub owner: ClientOwner,
    /// Not in the published API: balance of the client. Present only if the query has `include=balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<ClientBalance>,
}

/// Attributes of a [`Client`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientAttributes {
    /// Identifier: free text with which the partner marks the client. It is not an id of the API.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Owner of a client's project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientOwner {
    /// Email address, which is the client's login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Digits of the owner's user id. The published API sends a JSON number; a string is accepted, too.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub uid: Option<String>,
    /// Full name of the owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Name of the owner's company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// Balance of a client in the clients list. Not in the published API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientBalance {
    /// Balance of the payment account without bonuses; a decimal string.
    pub base: Amount,
    /// Balance of the bonus account; a decimal string.
    pub bonus: Amount,
    /// Currency of both accounts as ISO 4217 code.
    pub currency: String,
    /// Number of whole days until the balance is used up at the average daily debit ([`crate::ledger::lasts_days`]);
    /// missing if the client has no debits or the server does not calculate this number.
    #[serde(default, deserialize_with = "lenient::whole", skip_serializing_if = "Option::is_none")]
    pub lasts_days: Option<u32>,
}

/// Reply of [`ListClients`]: one page of clients, or all clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientsPage {
    /// The clients of the page. Clients whose JSON has an unexpected shape are in [`ClientsPage::unreadable`] instead.
    #[serde(rename = "data")]
    pub clients: Vec<Client>,
    /// The clients whose JSON has an unexpected shape. This field does not exist in JSON.
    #[serde(skip)]
    pub unreadable: Vec<Unreadable>,
    /// Opaque position for the query of the next page; missing on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// Number of clients on all pages. Present only on the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
}

/// A client whose JSON has an unexpected shape; the app shows it as unreadable instead of refusing the whole list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Id (PID) of the client, if the PID is readable.
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
    /// Parses a page or the published bare array. Each client is parsed separately, so that one unreadable client does
    /// not make the whole list fail.
    ///
    /// # Errors
    /// Returns an error if the text is neither an array nor an object with `data`.
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
