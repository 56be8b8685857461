//! Looking up and accepting an invitation with the token from the link in the invitation email. Neither call needs a
//! session.
//!
//! Both calls answer 404 `not_found` to an expired, used, replaced, revoked or unknown token, so that callers cannot
//! tell these cases apart.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, endpoint},
    instant::Instant,
};

endpoint! {
    /// Returns the partner, the invited email address and the expiry of an invitation. The call does not use up the
    /// token, so the caller can repeat it.
    ///
    /// 404 if the token does not work; 429 after 20 requests with such tokens from one IP address in a minute.
    LookUpInvitation: Post "/api/v1/invitations/lookup", Problem, Anyone,
    path: NoPath, query: Empty, body: InvitationToken, reply: InvitationOffer,
    rate_limits: LINK_LIMITS, other_refusals: &[404],
}

endpoint! {
    /// Accepts an invitation and makes the invited person an active client of the partner. Needs an idempotency key.
    ///
    /// 404 if the token does not work, for example because a request with another idempotency key has already accepted
    /// the invitation; 429 after 20 requests with tokens that do not work from one IP address in a minute.
    AcceptInvitation: Post "/api/v1/invitations/accept", Problem, Anyone,
    path: NoPath, query: Empty, body: InvitationToken, reply: AcceptedInvitation,
    idempotency_key: true, rate_limits: LINK_LIMITS, other_refusals: &[404],
}

/// Limits requests whose token does not work. Requests of both calls count together.
const LINK_LIMITS: &[RateLimit] = &[RateLimit { per: RateKey::Address, max: 20, window_secs: 60 }];

/// Body of [`LookUpInvitation`] and [`AcceptInvitation`]. The token proves that the caller has read the email.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationToken {
    /// Token from the link in the invitation email: 256 random bits as base64url, 43 characters.
    pub token: String,
}

impl fmt::Debug for InvitationToken {
    // Omit the token, because it must not get into logs.
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
    /// Invited email address, which becomes the client's login.
    pub email: String,
    /// Time at which the link stops working, in RFC 3339 format.
    pub expires_at: Instant,
}

/// Reply of [`AcceptInvitation`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct AcceptedInvitation {
    /// Id (PID) of the client's project in the cloud: `mcs` and digits.
    pub pid: String,
    /// Email address with which the client signs in to the cloud; it is the invited address.
    pub email: String,
    /// Name of the partner's company, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_title: Option<String>,
}
