//! Operations on one or many rows: `actions.rs` lists the operations, `run.rs` runs an operation, and `send.rs` sends
//! the calls.
//!
//! This file defines the data of a run.

pub mod actions;
mod run;
mod send;

use std::sync::Arc;

use leptos::prelude::*;
use partner_api::rules::ClientState;

use self::actions::ClientAction;
use super::store::RowKey;
use crate::{
    api::ApiError,
    ui::confirm::{Question, Stage},
};

/// One execution of an operation on some rows, from the confirmation to the outcome of each row.
///
/// No component owns a run, because the menu or toast that starts a run closes before the run ends.
#[derive(Clone)]
pub struct Run {
    action: &'static ClientAction,
    question: Arc<Question>,
    stage: ArcRwSignal<Stage>,
    work: ArcStoredValue<Work>,
}

#[derive(Default)]
struct Work {
    /// Chunks of rows that have not been sent yet, or that have to be sent again.
    pending: Vec<Chunk>,
    done: Vec<RowKey>,
    /// Number of rows that already were in the requested state.
    already: usize,
    is_stopped: bool,
}

/// Rows that are sent together: in one call for clients, in one call per row for invitations. The idempotency key makes
/// the server execute the call for clients only once, even if the app sends it several times.
#[derive(Clone, Debug)]
struct Chunk {
    subjects: Vec<Subject>,
    idempotency_key: String,
}

/// The copy of a row that a call needs. The copy is made when the confirmation opens, because a refresh may remove the
/// row before the app sends the call.
#[derive(Clone, Debug)]
struct Subject {
    key: RowKey,
    /// The PID of a client or the id of an invitation.
    id: String,
    state: ClientState,
    label: String,
}

/// Result of an operation for one row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum RowOutcome {
    Done,
    /// The row already was in the requested state.
    Already,
    Failed(String),
    /// The reply was lost, so the server may or may not have executed the operation. The text has the reason, and says
    /// whether a retry is safe.
    Unknown(String),
}

impl RowOutcome {
    const fn is_done(&self) -> bool {
        matches!(self, Self::Done | Self::Already)
    }

    fn of_error(error: &ApiError, message: String) -> Self {
        if error.kind.is_unknown_outcome() { Self::Unknown(message) } else { Self::Failed(message) }
    }
}
