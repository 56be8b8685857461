//! Doing something to one client or many: what is asked, one effect per client, and the truth about each.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use leptos::prelude::*;
use partner_api::{
    bulk::MAX_BULK,
    rules::{ClientState, Operation},
};

use super::{
    super::{dialogs::confirm::Asked, state::ClientsState, store::RowKey},
    actions::ClientAction,
    send::send,
};
use crate::{
    api::ApiError,
    i18n::I18n,
    session::new_key,
    ui::{
        confirm::{Question, Stage},
        toast::Toasts,
    },
};

/// Names that a confirmation lists before “and more”.
const NAMED: usize = 5;

/// Of what was not done, so many are named with their reasons: a run may be of thousands.
const REASONS: usize = 100;

/// A row that an operation is for, as it was when the confirmation named it: a refresh may take the row away.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) key: RowKey,
    /// PID of a client, id of an invitation.
    pub(super) id: String,
    pub(super) state: ClientState,
    label: String,
}

/// Subjects of one call, and the key that makes repeating it harmless.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) subjects: Vec<Subject>,
    pub(super) idempotency_key: String,
}

/// What became of a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was done.
    Done,
    /// It was so before.
    Already,
    /// It was not done, for this reason.
    Failed(String),
    /// Nobody knows whether it was done; why, and what trying again would do.
    Unknown(String),
}

impl Fate {
    /// Whether it is so now.
    pub(super) const fn is_done(&self) -> bool {
        matches!(self, Self::Done | Self::Already)
    }

    /// Of what an error put an end to; the words say why, and of what is unknown also what trying again would do.
    pub(super) fn of_error(error: &ApiError, words: String) -> Self {
        if error.kind.is_unknown_outcome() { Self::Unknown(words) } else { Self::Failed(words) }
    }
}

/// An operation on some rows, from the question to the outcome.
///
/// Not bound to the part of the page that began it: the menu or message is gone before the work is done.
#[derive(Clone)]
pub struct Run {
    /// What is done.
    pub action: &'static ClientAction,
    /// What the confirmation asks.
    pub question: Arc<Question>,
    /// Where it stands.
    pub stage: ArcRwSignal<Stage>,
    work: Arc<Mutex<Work>>,
}

/// How far a run is.
#[derive(Default)]
struct Work {
    /// What is still to be done, in calls.
    todo: Vec<Chunk>,
    done: Vec<RowKey>,
    already: usize,
    is_stopped: bool,
}

impl Run {
    /// Prepares an operation on rows: those it fits, named as they will be sent. `None` where it fits none.
    pub fn prepare(state: ClientsState, i18n: I18n, operation: Operation, keys: &[RowKey]) -> Option<Self> {
        let action = ClientAction::of(operation);
        let fit = state.store.with_untracked(|store| store.fit(operation, keys));
        if fit.fitting.is_empty() {
            return None;
        }
        let text = i18n.text;
        let subjects: Vec<Subject> = fit.fitting.iter().filter_map(|key| state.subject(*key)).collect();
        let fitting = subjects.len();
        let title = if fit.misfits.is_empty() {
            i18n.count((action.question)(i18n.text.bulk()), fitting)
        } else {
            let total = i18n.number(keys.len());
            i18n.count_with((action.question_some)(i18n.text.bulk()), fitting, &[("total", &total)])
        };
        // The last name is not replaced by “and 1 more”.
        let named = if fitting == NAMED + 1 { fitting } else { fitting.min(NAMED) };
        let question = Question {
            title,
            consequence: (action.consequence)(i18n.text.bulk()),
            names: subjects[..named].iter().map(|subject| subject.label.clone()).collect(),
            more: (fitting > named).then(|| i18n.count(&i18n.text.bulk().and_more, fitting - named)),
            notes: fit.misfits.iter().map(|(misfit, count)| i18n.misfit(*misfit, *count)).collect(),
            verb: (action.verb)(text),
            is_destructive: action.is_destructive,
        };
        Some(Self {
            action,
            question: Arc::new(question),
            stage: ArcRwSignal::new(Stage::Asking),
            work: Arc::new(Mutex::new(Work { todo: chunks(subjects), ..Work::default() })),
        })
    }

    /// Where in the view the only row stands that is about to leave: the focus goes to the one that takes its place.
    pub fn place(&self, state: ClientsState) -> Option<usize> {
        let leaves = matches!(self.action.operation, Operation::Detach | Operation::Revoke);
        let only = match &self.work().todo[..] {
            [Chunk { subjects, .. }] if subjects.len() == 1 => subjects[0].key,
            _ => return None,
        };
        state.view.with_untracked(|view| view.keys.iter().position(|key| *key == only)).filter(|_| leaves)
    }

    /// Stops after the call that is under way.
    pub fn stop(&self) {
        self.work().is_stopped = true;
    }

    /// Whether it was stopped.
    pub(super) fn is_stopped(&self) -> bool {
        self.work().is_stopped
    }

    /// Shows how many are done.
    pub(super) fn progress(&self, i18n: I18n, done: usize, total: usize) {
        let text = i18n.count_with(&i18n.text.bulk().working, done, &[("total", &i18n.number(total))]);
        self.stage.set(Stage::Working { text, share: (done, total) });
    }

    /// Does it, or does again what failed. Ends with all done, or in [`Stage::Failed`].
    pub async fn perform(&self, state: ClientsState, i18n: I18n) {
        let text = i18n.text;
        let todo = {
            let mut work = self.work();
            work.is_stopped = false;
            std::mem::take(&mut work.todo)
        };
        let total: usize = todo.iter().map(|chunk| chunk.subjects.len()).sum();
        let mut tried = 0;
        let mut failed: Vec<(String, String)> = Vec::new();
        let mut unknown = 0;
        let mut again: Vec<Chunk> = Vec::new();
        for chunk in todo {
            self.progress(i18n, tried, total);
            tried += chunk.subjects.len();
            let fates = if self.is_stopped() {
                Err(Fate::Failed(i18n.text.bulk().outcome_stopped.to_owned()))
            } else {
                send(self, state, i18n, &chunk).await.map_err(|error| {
                    let unknown = error.kind.is_unknown_outcome().then_some(text.errors().unknown_outcome);
                    let words = [i18n.error(&error), unknown.unwrap_or_default().to_owned()].join(" ");
                    Fate::of_error(&error, words.trim_end().to_owned())
                })
            };
            match fates {
                Ok(fates) => {
                    let mut rest = Vec::new();
                    for (subject, fate) in chunk.subjects.into_iter().zip(fates) {
                        unknown += usize::from(matches!(fate, Fate::Unknown(_)));
                        match fate {
                            Fate::Done => self.work().done.push(subject.key),
                            Fate::Already => self.work().already += 1,
                            Fate::Failed(reason) | Fate::Unknown(reason) => {
                                failed.push((subject.label.clone(), reason));
                                rest.push(subject);
                            }
                        }
                    }
                    // Another set of clients is another request: it gets another key.
                    again.extend(chunks(rest));
                }
                Err(fate) => {
                    if matches!(fate, Fate::Unknown(_)) {
                        unknown += chunk.subjects.len();
                    }
                    let (Fate::Failed(reason) | Fate::Unknown(reason)) = fate else { continue };
                    failed.extend(chunk.subjects.iter().map(|subject| (subject.label.clone(), reason.clone())));
                    // The same key: if the effect took place after all, repeating the call only learns of it.
                    again.push(chunk);
                }
            }
        }
        self.work().todo = again;
        if !failed.is_empty() {
            let mut summary = self.outcome(i18n);
            let text = i18n.text;
            let counts = [(&text.bulk().not_done, failed.len() - unknown), (&text.bulk().not_known, unknown)];
            summary.extend(counts.into_iter().filter(|(_, n)| *n > 0).map(|(forms, n)| i18n.count(forms, n)));
            let more =
                failed.len().checked_sub(REASONS + 1).map(|rest| i18n.count(&i18n.text.bulk().and_more, rest + 1));
            failed.truncate(REASONS);
            self.stage.set(Stage::Failed { summary, reasons: failed, more });
        }
    }

    /// Tells that all is done, and offers to take it back where that is possible.
    pub fn tell(&self, state: ClientsState, i18n: I18n, toasts: Toasts) {
        let text = i18n.text;
        let message = self.outcome(i18n).join(". ");
        let done = std::mem::take(&mut self.work().done);
        if self.action.operation == Operation::Resend {
            // The published call does not say until when the new letter holds.
            state.refresh();
        }
        let Some(undo) = self.action.undo.filter(|_| !done.is_empty()) else { return toasts.tell(message) };
        toasts.offer(
            message,
            text.bulk().undo,
            Callback::new(move |()| {
                let Some(back) = Run::prepare(state, i18n, undo, &done) else { return };
                leptos::task::spawn_local(async move {
                    back.perform(state, i18n).await;
                    match back.stage.get_untracked() {
                        // What cannot be taken back is shown as any other failure: with reasons and a retry.
                        Stage::Failed { .. } => state.asked.set(Some(Asked::Begun(back))),
                        _ => toasts.tell(text.bulk().undone),
                    }
                });
            }),
        );
    }

    /// What was done, and what was so before.
    fn outcome(&self, i18n: I18n) -> Vec<String> {
        let (done, already) = {
            let work = self.work();
            (work.done.len(), work.already)
        };
        let done = (done > 0).then(|| i18n.count((self.action.done)(i18n.text.bulk()), done));
        let already = (already > 0).then(|| i18n.count(&i18n.text.bulk().were_already, already));
        done.into_iter().chain(already).collect()
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ClientsState {
    /// What a row is called: its email, else its id.
    pub fn label(self, key: RowKey) -> String {
        self.subject(key).map_or_else(|| "—".to_owned(), |subject| subject.label)
    }

    fn subject(self, key: RowKey) -> Option<Subject> {
        self.store.with_untracked(|store| {
            let row = store.row(key)?;
            let id = row.pid().or(row.iid()).unwrap_or_default().to_owned();
            Some(Subject { key, state: row.state(), label: row.email().unwrap_or(&id).to_owned(), id })
        })
    }
}

fn chunks(subjects: Vec<Subject>) -> Vec<Chunk> {
    subjects
        .chunks(MAX_BULK as usize)
        .map(|subjects| Chunk { subjects: subjects.to_vec(), idempotency_key: new_key() })
        .collect()
}
