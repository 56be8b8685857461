//! Blocking, unblocking and detaching many clients in one call, with an outcome for each.

use serde::{Deserialize, Serialize};

use crate::endpoint::{Empty, PartnerPath, endpoint};

endpoint! {
    /// Blocks clients: they cannot sign in to the cloud, and their resources keep running. Needs an idempotency key.
    ///
    /// 422 at `/pids` with `required` or `too_many`.
    BlockClients: Post "/api/v1/partners/{pid}/clients/block", Problem, Actor,
    path: PartnerPath, query: Empty, body: ClientPids, reply: Outcomes,
    idempotency_key: true, max_items: MAX_BULK,
}

endpoint! {
    /// Unblocks clients: they can sign in to the cloud again. Needs an idempotency key.
    ///
    /// 422 at `/pids` with `required` or `too_many`.
    UnblockClients: Post "/api/v1/partners/{pid}/clients/unblock", Problem, Actor,
    path: PartnerPath, query: Empty, body: ClientPids, reply: Outcomes,
    idempotency_key: true, max_items: MAX_BULK,
}

endpoint! {
    /// Detaches clients from the partner; their resources are not deleted. Needs an idempotency key.
    ///
    /// 422 at `/pids` with `required` or `too_many`.
    DetachClients: Post "/api/v1/partners/{pid}/clients/detach", Problem, Actor,
    path: PartnerPath, query: Empty, body: ClientPids, reply: Outcomes,
    idempotency_key: true, max_items: MAX_BULK,
}

/// Largest number of clients in one bulk call.
pub const MAX_BULK: u32 = 1_000;

/// Body of the bulk calls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct ClientPids {
    /// PIDs of the clients' projects, at most 1,000 different ones ([`MAX_BULK`]); repetitions are ignored.
    #[cfg_attr(feature = "openapi", schemars(length(min = 1)))]
    pub pids: Vec<String>,
}

/// Reply of the bulk calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Outcomes {
    /// Id of the operation in the audit log.
    pub operation_id: String,
    /// One outcome per different PID, in the order of the request.
    pub results: Vec<Outcome>,
}

/// Outcome of a bulk call for one client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// PID of the client's project.
    pub pid: String,
    /// Kind of outcome.
    pub status: OutcomeStatus,
    /// Stable code of the reason if the status is not `done`: `already_blocked`, `not_blocked`, `not_found`, `held` or
    /// `wrong_state`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The reason as text, if the server has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Kind of [`Outcome`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// The state changed.
    Done,
    /// The client was in the requested state before.
    Already,
    /// The partner has no client with this PID.
    NotFound,
    /// Another operation holds the client, or the client's state forbids the change.
    Conflict,
    /// The server could not make the change.
    Failed,
    /// An unknown status of a newer server; it counts as failed.
    #[serde(other)]
    #[cfg_attr(feature = "openapi", schemars(skip))]
    Other,
}

impl OutcomeStatus {
    /// Whether the client is in the requested state now.
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Done | Self::Already)
    }
}
