//! Invitations. A partner adds a client by inviting an email address.

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
    /// Creates an invitation and sends an email to the invited address. Needs an idempotency key.
    ///
    /// 422 with field problems, including `already_client` and `already_invited` at `/email`.
    CreateInvitation: Post "/api/v1/partners/{pid}/invites", Problem, Actor,
    path: PartnerPath, query: Empty, body: NewInvitation, reply: Invitation,
    idempotency_key: true, success: Success::Created,
}

endpoint! {
    /// *Published.* Renews an invitation: changes the client's data, makes the invitation valid for another 7 days and
    /// sends a new email.
    RenewInvitation: Put "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: InvitationChange, reply: Invitation,
}

endpoint! {
    /// *Published.* Sends the email of a pending invitation again. An expired invitation becomes valid for another 7
    /// days. Returns `{}`.
    ResendInvitation: Post "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: Empty,
}

endpoint! {
    /// *Published.* Revokes an invitation and returns the revoked invitation.
    RevokeInvitation: Delete "/api/v1/partners/{pid}/invites/{id}", Published, Actor,
    path: InvitationPath, query: Empty, body: Empty, reply: Invitation,
}

endpoint! {
    /// Creates a link that accepts the invitation, so that the partner can pass it on by means other than email. The
    /// server cannot return the same link again.
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
    /// URL of the page that accepts the invitation. The URL contains the token of the invitation.
    pub url: String,
    /// Time at which the link stops working, in RFC 3339 format.
    pub expires_at: Instant,
}

impl std::fmt::Debug for InvitationLink {
    // Omit the URL, because it contains the token, which must not get into logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitationLink").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Body of [`CreateInvitation`]. [`crate::form::NewClient`] is the validated form of this body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// Address to invite, which becomes the client's login.
    #[cfg_attr(feature = "openapi", schemars(email))]
    pub email: String,
    /// Name of the client, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Phone number in any usual notation. The server stores the number in E.164 format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Identifier: free text with which the partner marks the client, at most 255 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Body of [`RenewInvitation`]. If a field is missing, the stored value stays; an empty text removes the stored value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationChange {
    /// Identifier: free text with which the partner marks the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Phone number in any usual notation. The server stores the number in E.164 format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Name of the client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// An invitation (`SerializedInvite`). All fields except the id can be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Invitation {
    /// Id of the invitation, 32 hexadecimal digits.
    pub iid: String,
    /// Kind of invitation: `pclient` if a partner invites a client.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Id (PID) of the project of the partner that invites: `mcs` and digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<String>,
    /// Invited email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Time at which the invitation was created, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ctime: Option<UnixTime>,
    /// Email address of the user who created the invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// Data about the invited client.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub meta: InvitationMeta,
    /// Not in the published API: time at which the link in the email stops working, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<UnixTime>,
    /// Not in the published API: time at which the latest email was written, in Unix seconds; missing until the first
    /// email is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<UnixTime>,
    /// Not in the published API: delivery status of the latest email; missing if the invitation has no email.
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
    /// A mail server has rejected the email permanently, or all attempts have failed.
    Failed,
    /// A status that only a newer server knows.
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

/// Parses the status from text, because a derived deserializer would make the app larger.
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
    /// Digits of the phone number. The published API sends a JSON number; a string is accepted, too.
    #[serde(
        default,
        deserialize_with = "lenient::digits",
        serialize_with = "lenient::as_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "openapi", schemars(with = "Option<crate::lenient::NumberOrText>"))]
    pub phone: Option<String>,
    /// Name of the client's company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Identifier: free text with which the partner marks the client.
    #[serde(default, deserialize_with = "lenient::text", skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
}

/// Reply of [`ListInvitations`]; a bare array in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Invitations {
    /// The invitations of the partner. [`Invitations::unreadable`] counts those whose JSON has an unexpected shape.
    pub invitations: Vec<Invitation>,
    /// Number of invitations whose JSON has an unexpected shape. This field does not exist in JSON.
    #[serde(skip)]
    pub unreadable: usize,
}

impl Invitations {
    /// Parses the array. Each invitation is parsed separately, so that one unreadable invitation does not make the
    /// whole list fail.
    ///
    /// # Errors
    /// Returns an error if the text is not an array.
    pub fn decode(text: &str) -> serde_json::Result<Self> {
        let raw: Vec<&RawValue> = serde_json::from_str(text)?;
        let (invitations, unreadable) = lenient::each(&raw);
        Ok(Self { invitations, unreadable: unreadable.len() })
    }
}
