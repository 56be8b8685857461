//! A client of a partner, the list of them, and the change of a client's identifier.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    endpoint::{ClientPath, Empty, PartnerPath, endpoint},
    lenient,
    money::Amount,
    time::UnixTime,
};

endpoint! {
    /// *Published.* All clients of a partner, as a bare array; trailing slash on the list only.
    ///
    /// Ours: with `limit` the server answers `{"data", "marker", "total"}` in the order of emails; a server that
    /// ignores the query and answers the bare array is understood as well.
    ListClients: Get "/api/v1/partners/{pid}/clients/", Published, Actor,
    path: PartnerPath, query: ClientsQuery, body: Empty, reply: ClientsPage, decode: ClientsPage::decode,
    max_items: MAX_CLIENTS,
}

endpoint! {
    /// *Published.* One client.
    GetClient: Get "/api/v1/partners/{pid}/clients/{client_pid}", Published, Actor,
    path: ClientPath, query: Empty, body: Empty, reply: Client,
}

endpoint! {
    /// *Published.* Changes the client's identifier and answers the client.
    SetClientIdentifier: Put "/api/v1/partners/{pid}/clients/{client_pid}", Published, Actor,
    path: ClientPath, query: Empty, body: ClientIdentifier, reply: Client,
    other_refusals: &[409],
}

/// Largest number of clients on one page; a larger `limit` has the same effect as this number.
pub const MAX_CLIENTS: u32 = 10_000;

/// Optional parameters of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientsQuery {
    /// Most clients in the reply, 1 to 10,000; makes the reply an object with a marker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Opaque: `marker` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// `balance` adds each client's balance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub include: Option<Include>,
}

/// What a list adds on request.
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
    /// Ours: the identifier that is to be changed, empty for none. If it is another one by now, the call is refused by
    /// 409, so that of two who edit at once the later one notices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_client_id: Option<String>,
}

/// A client: a project of the cloud (`SerializedProject`). Any field but the PID may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Client {
    /// PID of the project: `mcs` and digits.
    pub pid: String,
    /// `false`: blocked. What is neither of the two is no reason to lose the client: its state is not known, then.
    #[serde(default, deserialize_with = "lenient::flag", skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Telephone as digits; a JSON number in the published shape.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::openapi::NumberOrText>"))]
    pub phone: Option<String>,
    /// When the project was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctime: Option<UnixTime>,
    /// Title of the project; the PID where nobody gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Attributes.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub attr: ClientAttributes,
    /// Who owns the project.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub owner: ClientOwner,
    /// Ours, with `include=balance`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<ClientBalance>,
}

/// Attributes of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientAttributes {
    /// The identifier that the partner gave.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Who owns a client's project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientOwner {
    /// Login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Id of the user, digits.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::openapi::NumberOrText>"))]
    pub uid: Option<String>,
    /// Full name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

/// What a client has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientBalance {
    /// Payment account, without bonuses.
    pub base: Amount,
    /// Bonus account.
    pub bonus: Amount,
    /// ISO 4217 code.
    pub currency: String,
    /// For how many whole days it lasts at the average daily debit ([`crate::ledger::lasts_days`]); missing where
    /// nothing is spent or the API does not say.
    #[serde(default, deserialize_with = "lenient::whole", skip_serializing_if = "Option::is_none")]
    pub lasts_days: Option<u32>,
}

/// One page of clients, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientsPage {
    /// The clients that could be read.
    #[serde(rename = "data")]
    pub clients: Vec<Client>,
    /// The ones that could not; empty when serialised.
    #[serde(skip)]
    pub unreadable: Vec<Unreadable>,
    /// Where the next page starts; missing on the last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// How many clients there are on all pages; told on the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
}

/// A client that the account cannot read: shown as such, and counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its PID, where at least that could be read.
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
    /// Reads a page or the published bare array, client by client.
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
