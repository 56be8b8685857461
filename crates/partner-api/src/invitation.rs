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
    /// *Published.* Returns the pending invitations of a partner, including expired ones, as a bare array.
    ListInvitations: Get "/api/v1/partners/{pid}/invites", Published, Actor,
    path: PartnerPath, query: Empty, body: Empty, reply: Invitations, decode: Invitations::decode,
}

endpoint! {
    /// Stores an invitation and sends an email to its address. Needs an idempotency key.
    ///
    /// 422 with field problems, including `already_client` and `already_invited` at `/email`.
    CreateInvitation: Post "/api/v1/partners/{pid}/invites", Problem, Actor,
    path: PartnerPath, query: Empty, body: NewInvitation, reply: Invitation,
    idempotency_key: true, success: Success::Created,
}

endpoint! {
    /// *Published.* Renews an invitation: changes its data, starts a new term of 7 days and sends a new email.
    RenewInvitation: Put "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: InvitationChange, reply: Invitation,
}

endpoint! {
    /// *Published.* Sends the email of a pending invitation again; an expired invitation gets a new term. Returns `{}`.
    ResendInvitation: Post "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: Empty,
}

endpoint! {
    /// *Published.* Revokes an invitation and returns it.
    RevokeInvitation: Delete "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: Invitation,
}

endpoint! {
    /// Creates a link that the partner can hand over by other means than the email. The link is returned only once.
    ///
    /// The new link replaces all earlier ones: links in sent emails stop working, and queued emails are not sent.
    CreateInvitationLink: Post "/api/v1/partners/{pid}/invites/{id}/link", Problem, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: InvitationLink,
    success: Success::Created,
}

/// Reply of [`CreateInvitationLink`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationLink {
    /// URL with the token of the invitation.
    pub url: String,
    /// Instant at which the link stops working.
    pub expires_at: Instant,
}

impl std::fmt::Debug for InvitationLink {
    // The token must not get into logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitationLink").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Body of [`CreateInvitation`]; [`crate::form::NewClient`] is its validated form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// Address of the email; it becomes the client's login.
    #[cfg_attr(feature = "openapi", schemars(email))]
    pub email: String,
    /// Name of the client, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Phone number in any layout; the server stores E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Identifier: the partner's own text for the client, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Body of [`RenewInvitation`]. A missing field keeps its value, an empty text removes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationChange {
    /// Identifier: the partner's own text for the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Phone number in any layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Name of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An invitation (`SerializedInvite`). Any field but the id may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// Id of the invitation: 32 hexadecimal digits.
    pub iid: String,
    /// Kind of the invitation; `pclient` for a client of a partner.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// PID of the partner's project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<String>,
    /// Address of the email.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Instant at which the invitation was created, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctime: Option<UnixTime>,
    /// Email of the user who sent the invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// Data about the invited client.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub meta: InvitationMeta,
    /// Ours: instant at which the link in the email stops working, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixTime>,
    /// Ours: instant at which the latest email was written, Unix seconds; missing until the first email is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<UnixTime>,
    /// Ours: delivery status of the latest email; missing if the invitation has no email.
    #[serde(default, deserialize_with = "delivery", skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
}

/// Delivery status of an email.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// The email is queued; earlier attempts may have failed.
    Waiting,
    /// A mail server has accepted the email.
    Delivered,
    /// A mail server has refused the email for good, or all attempts have failed.
    Failed,
    /// An unknown status of a newer server.
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

/// Reads the status as text, as other fields do: a derived deserializer would make the app larger.
fn delivery<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Delivery>, D::Error> {
    let text = lenient::text(deserializer)?;
    Ok(text.map(|text| match &*text {
        "waiting" => Delivery::Waiting,
        "delivered" => Delivery::Delivered,
        "failed" => Delivery::Failed,
        _ => Delivery::Other,
    }))
}

/// Data about an invited client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationMeta {
    /// Name of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Digits of the phone number; a JSON number in the published shape, a string is accepted.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub phone: Option<String>,
    /// Name of the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Identifier: the partner's own text for the client.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Reply of [`ListInvitations`]; a bare array in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Invitations {
    /// The invitations that have the expected shape.
    pub invitations: Vec<Invitation>,
    /// Number of invitations that have another shape; not part of the JSON.
    #[serde(skip)]
    pub unreadable: usize,
}

impl Invitations {
    /// Reads the array, invitation by invitation, so that one unreadable invitation does not empty the list.
    ///
    /// # Errors
    /// The text is not an array.
    pub fn decode(text: &str) -> serde_json::Result<Self> {
        let raw: Vec<&RawValue> = serde_json::from_str(text)?;
        let (invitations, unreadable) = lenient::each(&raw);
        Ok(Self { invitations, unreadable: unreadable.len() })
    }
}
