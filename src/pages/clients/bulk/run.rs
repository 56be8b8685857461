//! Runs an operation: prepares the confirmation, sends the rows in chunks, and collects the outcome of each row.

use std::sync::Arc;

use leptos::prelude::*;
use partner_api::{bulk::MAX_BULK, rules::Operation};

use super::{
    super::{
        state::{ClientsState, Dialog},
        store::{RowKey, RowRef},
    },
    Chunk, RowOutcome, Run, Subject, Work,
    actions::ClientAction,
    send::send,
};
use crate::{
    i18n::I18n,
    session::new_key,
    ui::{
        confirm::{Question, Stage},
        toast::Toasts,
    },
};

/// A confirmation lists this many names, followed by “and … more”. It lists one name more instead of “and 1 more”.
const MAX_NAMES: usize = 5;

/// The dialog lists at most this many failed rows with their reasons, because a run may have thousands of rows.
const MAX_REASONS: usize = 100;

impl Run {
    /// Prepares an operation on the rows that allow it. Returns `None` if no row allows the operation.
    pub fn prepare(state: ClientsState, i18n: I18n, operation: Operation, keys: &[RowKey]) -> Option<Self> {
        let action = ClientAction::of(operation);
        let fit = state.store().with_untracked(|store| store.fit(operation, keys));
        if fit.fitting.is_empty() {
            return None;
        }
        let subject = |key: &RowKey| state.with_row(*key, |row| Some(Subject::new(row)));
        let subjects: Vec<Subject> = fit.fitting.iter().filter_map(subject).collect();
        let fitting = subjects.len();
        let title = if fit.misfits.is_empty() {
            i18n.count((action.question)(i18n.text.bulk()), fitting)
        } else {
            let total = i18n.number(keys.len());
            i18n.count_with((action.question_some)(i18n.text.bulk()), fitting, &[("total", &total)])
        };
        // If only one name would be left out, list that name, because it needs no more space than “and 1 more”.
        let named = if fitting == MAX_NAMES + 1 { fitting } else { fitting.min(MAX_NAMES) };
        let question = Question {
            title,
            consequence: (action.consequence)(i18n.text.bulk()),
            names: subjects[..named].iter().map(|subject| subject.label.clone()).collect(),
            more: (fitting > named).then(|| i18n.count(&i18n.text.bulk().and_more, fitting - named)),
            notes: fit.misfits.iter().map(|(misfit, count)| i18n.misfit(*misfit, *count)).collect(),
            verb: (action.verb)(i18n.text),
            is_destructive: action.is_destructive,
        };
        Some(Self {
            action,
            question: Arc::new(question),
            stage: ArcRwSignal::new(Stage::Asking),
            work: ArcStoredValue::new(Work { pending: chunks(subjects), ..Work::default() }),
        })
    }

    pub fn question(&self) -> &Question {
        &self.question
    }

    pub fn stage(&self) -> ArcReadSignal<Stage> {
        self.stage.read_only()
    }

    /// The position of the row that this run will remove, so that the caller can focus the row that moves to that
    /// position. `None` unless the run removes exactly one visible row.
    pub fn position_of_removed_row(&self, state: ClientsState) -> Option<usize> {
        let removes = matches!(self.action.operation, Operation::Detach | Operation::Revoke);
        let only = self.work.with_value(|work| match &work.pending[..] {
            [Chunk { subjects, .. }] if subjects.len() == 1 && removes => Some(subjects[0].key),
            _ => None,
        })?;
        state.view().with_untracked(|view| view.keys.iter().position(|key| *key == only))
    }

    /// Stops the run when the current call ends.
    pub fn stop(&self) {
        self.work.update_value(|work| work.is_stopped = true);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.work.with_value(|work| work.is_stopped)
    }

    pub(super) fn show_progress(&self, i18n: I18n, done: usize, total: usize) {
        let text = i18n.count_with(&i18n.text.bulk().working, done, &[("total", &i18n.number(total))]);
        self.stage.set(Stage::Working { text, share: (done, total) });
    }

    /// Sends all pending calls. Sets the stage to [`Stage::Failed`] if the operation failed for any row. Calling this
    /// method again retries the failed rows.
    pub async fn perform(&self, state: ClientsState, i18n: I18n) {
        let mut pending = Vec::new();
        self.work.update_value(|work| {
            work.is_stopped = false;
            pending = std::mem::take(&mut work.pending);
        });
        let total: usize = pending.iter().map(|chunk| chunk.subjects.len()).sum();
        let mut tried = 0;
        let mut failed: Vec<(String, String)> = Vec::new();
        let mut unknown = 0;
        let mut to_retry: Vec<Chunk> = Vec::new();
        for chunk in pending {
            self.show_progress(i18n, tried, total);
            tried += chunk.subjects.len();
            match self.send_chunk(state, i18n, &chunk).await {
                Ok(outcomes) => {
                    let mut rest = Vec::new();
                    for (subject, outcome) in chunk.subjects.into_iter().zip(outcomes) {
                        unknown += usize::from(matches!(outcome, RowOutcome::Unknown(_)));
                        match outcome {
                            RowOutcome::Done => self.work.update_value(|work| work.done.push(subject.key)),
                            RowOutcome::Already => self.work.update_value(|work| work.already += 1),
                            RowOutcome::Failed(reason) | RowOutcome::Unknown(reason) => {
                                failed.push((subject.label.clone(), reason));
                                rest.push(subject);
                            }
                        }
                    }
                    // Give the failed rows a new idempotency key, because a call with fewer rows is a different
                    // request.
                    to_retry.extend(chunks(rest));
                }
                Err(outcome) => {
                    if matches!(outcome, RowOutcome::Unknown(_)) {
                        unknown += chunk.subjects.len();
                    }
                    let (RowOutcome::Failed(reason) | RowOutcome::Unknown(reason)) = outcome else { continue };
                    failed.extend(chunk.subjects.iter().map(|subject| (subject.label.clone(), reason.clone())));
                    // Keep the idempotency key for the retry. If the server has already executed the call, it returns
                    // the same outcome again.
                    to_retry.push(chunk);
                }
            }
        }
        self.work.update_value(|work| work.pending = to_retry);
        if !failed.is_empty() {
            let mut summary = self.summary(i18n);
            let text = i18n.text.bulk();
            let counts = [(&text.not_done, failed.len() - unknown), (&text.not_known, unknown)];
            summary.extend(counts.into_iter().filter(|(_, n)| *n > 0).map(|(forms, n)| i18n.count(forms, n)));
            let more = failed.len().checked_sub(MAX_REASONS + 1).map(|rest| i18n.count(&text.and_more, rest + 1));
            failed.truncate(MAX_REASONS);
            self.stage.set(Stage::Failed { summary, reasons: failed, more });
        }
    }

    /// Sends one chunk. An error is the outcome of all rows of the chunk.
    async fn send_chunk(&self, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Result<Vec<RowOutcome>, RowOutcome> {
        if self.is_stopped() {
            return Err(RowOutcome::Failed(i18n.text.bulk().outcome_stopped.to_owned()));
        }
        send(self, state, i18n, chunk).await.map_err(|error| {
            let unknown = error.kind.is_unknown_outcome().then_some(i18n.text.errors().unknown_outcome);
            let message = [i18n.error(&error), unknown.unwrap_or_default().to_owned()].join(" ");
            RowOutcome::of_error(&error, message.trim_end().to_owned())
        })
    }

    /// Shows a toast that says for how many rows the operation succeeded. If it changed rows and can be undone, the
    /// toast has an undo button.
    pub fn report(&self, state: ClientsState, i18n: I18n, toasts: Toasts) {
        let text = i18n.text.bulk();
        let message = self.summary(i18n).join(". ");
        let mut done = Vec::new();
        self.work.update_value(|work| done = std::mem::take(&mut work.done));
        if self.action.operation == Operation::Resend {
            // Load the list again, because the published call does not return the new expiry date.
            state.refresh();
        }
        let Some(undo) = self.action.undo.filter(|_| !done.is_empty()) else { return toasts.success(message) };
        toasts.offer(
            message,
            text.undo,
            Callback::new(move |()| {
                let Some(run) = Run::prepare(state, i18n, undo, &done) else { return };
                leptos::task::spawn_local(async move {
                    run.perform(state, i18n).await;
                    match run.stage.get_untracked() {
                        // Open the dialog, which lists the failed rows and can retry the operation.
                        Stage::Failed { .. } => state.open(Dialog::Run(run)),
                        _ => toasts.success(text.undone),
                    }
                });
            }),
        );
    }

    /// Says for how many rows the operation succeeded, and how many rows already were in the requested state.
    fn summary(&self, i18n: I18n) -> Vec<String> {
        let (done, already) = self.work.with_value(|work| (work.done.len(), work.already));
        let done = (done > 0).then(|| i18n.count((self.action.done)(i18n.text.bulk()), done));
        let already = (already > 0).then(|| i18n.count(&i18n.text.bulk().were_already, already));
        done.into_iter().chain(already).collect()
    }
}

impl Subject {
    fn new(row: RowRef<'_>) -> Self {
        Self { key: row.key(), id: row.id().to_owned(), state: row.state(), label: row.label().to_owned() }
    }
}

fn chunks(subjects: Vec<Subject>) -> Vec<Chunk> {
    subjects
        .chunks(MAX_BULK as usize)
        .map(|subjects| Chunk { subjects: subjects.to_vec(), idempotency_key: new_key() })
        .collect()
}
