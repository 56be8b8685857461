//! Blocking, unblocking and detaching many clients in one call, with an outcome for each.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Empty, PartnerPath, endpoint};

endpoint! {
    /// Blocks: the clients cannot sign in to the cloud; their resources keep working.
    BlockClients: Post "/api/v1/partners/{pid}/clients/block", Problem, Actor,
    path: PartnerPath, query: Empty, body: ClientPids, reply: Outcomes,
    idempotency_key: true, max_items: MAX_BULK,
}

endpoint! {
    /// Lets blocked clients sign in again.
    UnblockClients: Post "/api/v1/partners/{pid}/clients/unblock", Problem, Actor,
    path: PartnerPath, query: Empty, body: ClientPids, reply: Outcomes,
    idempotency_key: true, max_items: MAX_BULK,
}

endpoint! {
    /// Detaches the clients from the partner; their resources are not deleted.
    DetachClients: Post "/api/v1/partners/{pid}/clients/detach", Problem, Actor,
    path: PartnerPath, query: Empty, body: ClientPids, reply: Outcomes,
    idempotency_key: true, max_items: MAX_BULK,
}

/// Most clients that one bulk call takes.
pub const MAX_BULK: u32 = 1_000;

/// Which clients.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientPids {
    /// PIDs of the clients' projects, at most 1,000 ([`MAX_BULK`]); repeated ones count once.
    #[cfg_attr(feature = "openapi", schemars(length(min = 1)))]
    pub pids: Vec<String>,
}

/// What came of a bulk call, in the order of the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Outcomes {
    /// Names the operation in the audit log.
    pub operation_id: String,
    /// One per distinct PID.
    pub results: Vec<Outcome>,
}

/// What came of one client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// PID of the client's project.
    pub pid: String,
    /// What happened.
    pub status: OutcomeStatus,
    /// Stable code of the reason, where the status is not `done`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The server's reason in words, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// What happened to one client of a bulk call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// The state changed.
    Done,
    /// It was in that state before.
    Already,
    /// The partner has no such client (unknown, or another partner's).
    NotFound,
    /// Another operation holds the client, or its state forbids the change.
    Conflict,
    /// The server could not.
    Failed,
    /// A status that this version does not know: counted as failed.
    #[serde(other)]
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

impl OutcomeStatus {
    /// Whether the client is now as asked.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Done | Self::Already)
    }
}
