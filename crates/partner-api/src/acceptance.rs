//! Accepting an invitation by the token of its letter's link: the two calls of somebody who is not signed in.
//!
//! A token that is expired, used, replaced, revoked or made up is answered alike, by both calls: 404 `not_found`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Empty, NoPath, RateKey, RateLimit, endpoint},
    instant::Instant,
};

endpoint! {
    /// Tells what an invitation offers. Changes nothing, however often it is asked.
    ///
    /// 404 for every token that does not work; 429 for an address that asks with many of them.
    LookUpInvitation: Post "/api/v1/invitations/lookup", Problem, Anyone,
    path: NoPath, query: Empty, body: InvitationToken, reply: InvitationOffer,
    rate_limits: LINK_LIMITS, other_refusals: &[404],
}

endpoint! {
    /// Accepts: the address of the invitation becomes an active client of the partner. Needs an idempotency key.
    ///
    /// 404 for every token that does not work, one that was used with another key among them; 429 as above.
    AcceptInvitation: Post "/api/v1/invitations/accept", Problem, Anyone,
    path: NoPath, query: Empty, body: InvitationToken, reply: AcceptedInvitation,
    idempotency_key: true, rate_limits: LINK_LIMITS, other_refusals: &[404],
}

/// Requests with tokens that do not work, by both calls together.
const LINK_LIMITS: &[RateLimit] = &[RateLimit { per: RateKey::Address, max: 20, window_secs: 60 }];

/// What proves that somebody has read the letter.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationToken {
    /// 256 random bits as base64url, 43 characters.
    pub token: String,
}

impl fmt::Debug for InvitationToken {
    // The token stays out of every log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InvitationToken").finish_non_exhaustive()
    }
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct InvitationOffer {
    /// Name of the partner's company, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_title: Option<String>,
    /// Email of who invites, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiator: Option<String>,
    /// Who is invited: becomes the client's login.
    pub email: String,
    /// Until when the link works.
    pub expires_at: Instant,
}

/// What came of accepting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct AcceptedInvitation {
    /// PID of the client's project.
    pub pid: String,
    /// Login of the client.
    pub email: String,
    /// Name of the partner's company, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner_title: Option<String>,
}
