//! Blocking, unblocking and detaching many clients in one call. The reply has an outcome for each client.

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
    /// Ids (PIDs) of the clients' projects, at most 1,000 different ones ([`MAX_BULK`]). The server ignores duplicates.
    #[cfg_attr(feature = "openapi", schemars(length(min = 1)))]
    pub pids: Vec<String>,
}

/// Reply of the bulk calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Outcomes {
    /// Id of the operation in the audit log.
    pub operation_id: String,
    /// One outcome for each different PID, in the order of the request.
    pub results: Vec<Outcome>,
}

/// Outcome of a bulk call for one client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Id (PID) of the client's project: `mcs` and digits.
    pub pid: String,
    /// Whether the server made the change for this client and, if not, the kind of reason.
    pub status: OutcomeStatus,
    /// Stable code of the reason if the status is not `done`: `already_blocked`, `not_blocked`, `not_found`, `held`
    /// (another operation is running on the client) or `wrong_state`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Reason as text for people, if the server provides one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Kind of [`Outcome`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum OutcomeStatus {
    /// The server changed the client's state.
    Done,
    /// The client was already in the requested state, so the server changed nothing.
    Already,
    /// The partner has no client with this PID.
    NotFound,
    /// The server changed nothing because another operation is running on the client or the client's state forbids the
    /// change.
    Conflict,
    /// The server could not make the change.
    Failed,
    /// A status that only a newer server knows; the app treats the status as failed.
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
