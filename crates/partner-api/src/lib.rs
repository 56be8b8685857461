//! The types of the partner API: one type per endpoint, and the rules and parsing that the app and the server share.
//!
//! The crate does no I/O and compiles for WASM and for the host. Calls marked *published* follow the last published
//! description of the API (version 1.0.0) in path, shape and error body. The other calls are additions of this project
//! in the same style (see `docs/api.md`).

#![warn(missing_docs)]

pub mod acceptance;
pub mod auth;
pub mod billing;
pub mod bulk;
pub mod calendar;
pub mod client;
pub mod contact;
pub mod endpoint;
pub mod form;
pub mod instant;
pub mod invitation;
pub mod ledger;
mod lenient;
pub mod money;
#[cfg(feature = "openapi")]
pub mod openapi;
mod path;
pub mod problem;
pub mod rules;
pub mod time;
pub mod vitals;

pub use acceptance::{AcceptInvitation, LookUpInvitation};
pub use auth::{GetSession, IssueCsrfToken, Session, SignIn, SignOut};
pub use billing::{GetBalanceAmount, GetClientBilling};
pub use bulk::{BlockClients, DetachClients, Outcome, OutcomeStatus, UnblockClients};
pub use calendar::{Day, Granularity, Period};
pub use client::{Client, GetClient, ListClients, SetClientIdentifier};
pub use contact::CreateContactRequest;
pub use endpoint::{Endpoint, Method};
pub use instant::Instant;
pub use invitation::{
    CreateInvitation, CreateInvitationLink, Invitation, ListInvitations, RenewInvitation, ResendInvitation,
    RevokeInvitation,
};
pub use ledger::{
    ExportExpenses, ExportMovements, GetBalance, GetExpenses, ListMovements, ListServices, SummarizeMovements,
};
pub use money::Amount;
pub use problem::{FieldProblem, Problem};
pub use time::UnixTime;
pub use vitals::CountVitals;
