//! Accepting an invitation with the token of the link in its email. Neither call needs a session.
//!
//! Both calls answer 404 `not_found` to an expired, used, replaced, revoked or unknown token, so that callers cannot tell
//! these cases apart.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, endpoint},
    instant::Instant,
};

endpoint! {
    /// Returns the terms of an invitation. Changes nothing, so it can be called any number of times.
    ///
    /// 404 if the token does not work; 429 after 20 such tokens from one IP address in a minute.
    LookUpInvitation: Post "/api/v1/invitations/lookup", Problem, Anyone,
    path: NoPath, query: Empty, body: InvitationToken, reply: InvitationOffer,
    rate_limits: LINK_LIMITS, other_refusals: &[404],
}

endpoint! {
    /// Accepts an invitation: its email address becomes an active client of the partner. Needs an idempotency key.
    ///
    /// 404 if the token does not work, for example because it was used with another key; 429 after 20 such tokens from
    /// one IP address in a minute.
    AcceptInvitation: Post "/api/v1/invitations/accept", Problem, Anyone,
    path: NoPath, query: Empty, body: InvitationToken, reply: AcceptedInvitation,
    idempotency_key: true, rate_limits: LINK_LIMITS, other_refusals: &[404],
}

/// Requests with tokens that do not work, by both calls together.
const LINK_LIMITS: &[RateLimit] = &[RateLimit { per: RateKey::Address, max: 20, window_secs: 60 }];

/// Body of [`LookUpInvitation`] and [`AcceptInvitation`]. The token proves that the caller has read the email.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationToken {
    /// 256 random bits as base64url: 43 characters.
    pub token: String,
}

impl fmt::Debug for InvitationToken {
    // The token must not get into logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvitationToken").finish_non_exhaustive()
    }
}

/// Reply of [`LookUpInvitation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationOffer {
    /// Name of the partner's company, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_title: Option<String>,
    /// Email of the user who sent the invitation, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// Invited email address; it becomes the client's login.
    pub email: String,
    /// Instant at which the link stops working.
    pub expires_at: Instant,
}

/// Reply of [`AcceptInvitation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct AcceptedInvitation {
    /// PID of the client's project.
    pub pid: String,
    /// Login of the client.
    pub email: String,
    /// Name of the partner's company, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_title: Option<String>,
}
