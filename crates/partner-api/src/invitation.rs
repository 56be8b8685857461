//! Invitations: how a partner adds a client.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{
    endpoint::{Empty, InvitationPath, PartnerPath, Success, endpoint},
    instant::Instant,
    lenient,
    time::UnixTime,
};

endpoint! {
    /// *Published.* All invitations of a partner that are not accepted or revoked, as a bare array.
    ListInvitations: Get "/api/v1/partners/{pid}/invites", Published, Actor,
    path: PartnerPath, query: Empty, body: Empty, reply: Invitations, decode: Invitations::decode,
}

endpoint! {
    /// Invites: stores the invitation and sends a letter to its address. Needs an idempotency key.
    ///
    /// 422 with field problems, among them `already_client` and `already_invited` at `email`.
    CreateInvitation: Post "/api/v1/partners/{pid}/invites", Problem, Actor,
    path: PartnerPath, query: Empty, body: NewInvitation, reply: Invitation,
    idempotency_key: true, success: Success::Created,
}

endpoint! {
    /// *Published.* Renews an invitation, for example an expired one: a new term, and a letter.
    RenewInvitation: Put "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: InvitationChange, reply: Invitation,
}

endpoint! {
    /// *Published.* Sends the letter of a pending invitation again. Answers `{}`.
    ResendInvitation: Post "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: Empty,
}

endpoint! {
    /// *Published.* Revokes an invitation and answers it.
    RevokeInvitation: Delete "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: Invitation,
}

endpoint! {
    /// Makes a link that the partner hands over by another way than the letter, and tells it this once. From then on it
    /// is the one that works: letters that left lose theirs, letters that have not left do not leave.
    CreateInvitationLink: Post "/api/v1/partners/{pid}/invites/{id}/link", Problem, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: InvitationLink,
    success: Success::Created,
}

/// Reply of [`CreateInvitationLink`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationLink {
    /// The link, with its token.
    pub url: String,
    /// Until when it works.
    pub expires_at: Instant,
}

impl std::fmt::Debug for InvitationLink {
    // The token stays out of every log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitationLink").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Body of [`CreateInvitation`], as parsed by [`crate::form::NewClient`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// Where the letter goes; becomes the client's login.
    #[cfg_attr(feature = "openapi", schemars(email))]
    pub email: String,
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Telephone, any layout; kept as E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Body of [`RenewInvitation`]: what to change, nothing for the term alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationChange {
    /// Identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An invitation (`SerializedInvite`). Any field but the id may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// 32 hexadecimal digits.
    pub iid: String,
    /// `pclient` for a client of a partner.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// PID of the partner's project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<String>,
    /// Where the letter went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctime: Option<UnixTime>,
    /// Email of who invited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// What the partner knows of the invited client.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub meta: InvitationMeta,
    /// Ours: when the letter's link stops working, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixTime>,
    /// Ours: when the newest letter was written, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<UnixTime>,
    /// Ours: how far the newest letter is.
    #[serde(default, deserialize_with = "delivery", skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// It has not left yet; it may have been tried.
    Waiting,
    /// A mail server has taken it.
    Delivered,
    /// It was refused for good, or given up.
    Failed,
    /// What this version does not know.
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

/// By way of the text, which other fields are read by as well: the first page of the account has no room for more.
fn delivery<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Delivery>, D::Error> {
    let text = lenient::text(deserializer)?;
    Ok(text.map(|text| match &*text {
        "waiting" => Delivery::Waiting,
        "delivered" => Delivery::Delivered,
        "failed" => Delivery::Failed,
        _ => Delivery::Other,
    }))
}

/// What the partner knows of an invited client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationMeta {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Telephone as digits; a JSON number in the published shape.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::openapi::NumberOrText>"))]
    pub phone: Option<String>,
    /// Company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Identifier.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// The invitations of a partner; on the wire a bare array.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Invitations {
    /// The ones that could be read.
    pub invitations: Vec<Invitation>,
    /// How many could not; zero when serialised.
    #[serde(skip)]
    pub unreadable: usize,
}

impl Invitations {
    /// Reads the array, invitation by invitation.
    ///
    /// # Errors
    /// The text is not an array.
    pub fn decode(text: &str) -> serde_json::Result<Self> {
        let raw: Vec<&RawValue> = serde_json::from_str(text)?;
        let (invitations, unreadable) = lenient::each(&raw);
        Ok(Self { invitations, unreadable: unreadable.len() })
    }
}
