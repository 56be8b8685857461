//! Operations on one or many rows: the table of operations, running one, and the calls it sends.
//!
//! This file has the data of a run; `run.rs` works with it.

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

/// An operation on some rows, from the question to the outcome.
///
/// The run belongs to no component, because the menu or toast that started it closes before the work ends.
#[derive(Clone)]
pub struct Run {
    action: &'static ClientAction,
    question: Arc<Question>,
    stage: ArcRwSignal<Stage>,
    work: ArcStoredValue<Work>,
}

#[derive(Default)]
struct Work {
    /// Calls to send.
    pending: Vec<Chunk>,
    done: Vec<RowKey>,
    /// Number of rows for which there was nothing to do.
    already: usize,
    is_stopped: bool,
}

/// The subjects of one call. The key makes the server execute the call once, however often it is sent.
#[derive(Clone, Debug)]
struct Chunk {
    subjects: Vec<Subject>,
    idempotency_key: String,
}

/// Copy of a row, made when the confirmation opens: a refresh may remove the row before the call is sent.
#[derive(Clone, Debug)]
struct Subject {
    key: RowKey,
    /// PID of a client, id of an invitation.
    id: String,
    state: ClientState,
    label: String,
}

/// Result of an operation for one row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum RowOutcome {
    Done,
    /// There was nothing to do.
    Already,
    Failed(String),
    /// The reply was lost, so the server may have done it. The text says why, and whether a retry is safe.
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
