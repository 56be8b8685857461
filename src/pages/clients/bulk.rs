//! Doing something to one client or many: what is asked, one effect per client, and the truth about each.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use leptos::prelude::*;
use partner_api::{
    BlockClients, DetachClients, Outcome, OutcomeStatus, RenewInvitation, ResendInvitation, RevokeInvitation,
    UnblockClients,
    bulk::{ClientPids, MAX_BULK},
    endpoint::{Empty, InvitationPath, ProjectPath},
    invitation::InvitationChange,
    rules::{ClientState, Operation},
};

use super::{
    actions::ClientAction,
    state::{ClientsState, now},
    store::RowKey,
};
use crate::{
    api::{ApiError, Call, ErrorKind},
    i18n::I18n,
    locales::Text,
    session::new_key,
    ui::{
        confirm::{Question, Stage},
        toast::Toasts,
    },
};

/// Names that a confirmation lists before “and more”.
const NAMED: usize = 5;

/// Clients of one call, and the key that makes repeating it harmless.
#[derive(Clone, Debug)]
struct Chunk {
    keys: Vec<RowKey>,
    idempotency_key: String,
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
    is_stopped: bool,
}

/// What became of a row.
enum Fate {
    Done,
    Failed(String),
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
        let fitting = fit.fitting.len();
        let title = if fit.misfits.is_empty() {
            i18n.count((action.question)(text), fitting)
        } else {
            let total = i18n.number(keys.len());
            crate::format::fill((action.question_some)(text), &[("n", &i18n.number(fitting)), ("total", &total)])
        };
        // The last name is not replaced by “and 1 more”.
        let named = if fitting == NAMED + 1 { fitting } else { fitting.min(NAMED) };
        let question = Question {
            title,
            consequence: (action.consequence)(text),
            names: fit.fitting[..named].iter().map(|key| state.label(*key)).collect(),
            more: (fitting > named).then(|| i18n.count(&text.and_more, fitting - named)),
            notes: fit.misfits.iter().map(|(misfit, count)| i18n.misfit(*misfit, *count)).collect(),
            verb: (action.verb)(text),
            is_destructive: action.is_destructive,
        };
        Some(Self {
            action,
            question: Arc::new(question),
            stage: ArcRwSignal::new(Stage::Asking),
            work: Arc::new(Mutex::new(Work { todo: chunks(&fit.fitting), ..Work::default() })),
        })
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where in the view the only row stands that is about to leave: the focus goes to the one that takes its place.
    pub fn place(&self, state: ClientsState) -> Option<usize> {
        let leaves = matches!(self.action.operation, Operation::Detach | Operation::Revoke);
        let only = match &self.work().todo[..] {
            [Chunk { keys, .. }] if keys.len() == 1 => keys[0],
            _ => return None,
        };
        state.view.with_untracked(|view| view.keys.iter().position(|key| *key == only)).filter(|_| leaves)
    }

    /// Stops after the call that is under way.
    pub fn stop(&self) {
        self.work().is_stopped = true;
    }

    /// Does it, or does again what failed. Ends with all done, or in [`Stage::Failed`].
    pub async fn perform(&self, state: ClientsState, i18n: I18n) {
        let text = i18n.text;
        let todo = {
            let mut work = self.work();
            work.is_stopped = false;
            std::mem::take(&mut work.todo)
        };
        let total: usize = todo.iter().map(|chunk| chunk.keys.len()).sum();
        let mut tried = 0;
        let mut failed: Vec<(RowKey, String)> = Vec::new();
        let mut again: Vec<Chunk> = Vec::new();
        for chunk in todo {
            self.progress(i18n, tried, total);
            tried += chunk.keys.len();
            if self.work().is_stopped {
                failed.extend(chunk.keys.iter().map(|key| (*key, text.outcome_stopped.to_owned())));
                again.push(chunk);
                continue;
            }
            match self.send(state, i18n, &chunk).await {
                Ok(fates) => {
                    let mut rest = Vec::new();
                    for (key, fate) in fates {
                        match fate {
                            Fate::Done => self.work().done.push(key),
                            Fate::Failed(reason) => {
                                rest.push(key);
                                failed.push((key, reason));
                            }
                        }
                    }
                    // Another set of clients is another request: it gets another key.
                    again.extend(chunks(&rest));
                }
                Err(error) => {
                    let mut reason = i18n.error(&error);
                    if error.kind.is_unknown_outcome() {
                        reason = format!("{reason} {}", text.error_unknown_outcome);
                    }
                    failed.extend(chunk.keys.iter().map(|key| (*key, reason.clone())));
                    // The same key: if the effect took place after all, repeating the call only learns of it.
                    again.push(chunk);
                }
            }
        }
        let done = {
            let mut work = self.work();
            work.todo = again;
            work.done.len()
        };
        if failed.is_empty() {
            return;
        }
        let mut summary = Vec::new();
        if done > 0 {
            summary.push(i18n.count((self.action.done)(text), done));
        }
        summary.push(i18n.count(&text.not_done, failed.len()));
        let reasons = failed.into_iter().map(|(key, reason)| (state.label(key), reason)).collect();
        self.stage.set(Stage::Failed { summary, reasons });
    }

    /// Tells that all is done, and offers to take it back where that is possible.
    pub fn tell(&self, state: ClientsState, i18n: I18n, toasts: Toasts) {
        let text = i18n.text;
        let done = std::mem::take(&mut self.work().done);
        let message = i18n.count((self.action.done)(text), done.len());
        if self.action.operation == Operation::Resend {
            // The published call does not say until when the new letter holds.
            state.refresh();
        }
        let Some(undo) = self.action.undo else { return toasts.tell(message) };
        toasts.offer(
            message,
            text.undo,
            Callback::new(move |()| {
                let Some(back) = Run::prepare(state, i18n, undo, &done) else { return };
                leptos::task::spawn_local(async move {
                    back.perform(state, i18n).await;
                    match back.stage.get_untracked() {
                        // What cannot be taken back is shown as any other failure: with reasons and a retry.
                        Stage::Failed { .. } => state.run.set(Some(back)),
                        _ => toasts.tell(text.undone),
                    }
                });
            }),
        );
    }

    fn progress(&self, i18n: I18n, done: usize, total: usize) {
        let (n, all) = (i18n.number(done), i18n.number(total));
        let text = crate::format::fill(i18n.text.working, &[("n", &n), ("total", &all)]);
        self.stage.set(Stage::Working { text, share: (done, total) });
    }

    async fn send(&self, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Result<Vec<(RowKey, Fate)>, ApiError> {
        match self.action.operation {
            Operation::Block | Operation::Unblock | Operation::Detach => self.send_pids(state, i18n, chunk).await,
            Operation::Resend | Operation::Revoke => Ok(self.send_invitations(state, i18n, chunk).await),
        }
    }

    async fn send_pids(&self, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Result<Vec<(RowKey, Fate)>, ApiError> {
        let operation = self.action.operation;
        let pids: Vec<(RowKey, String)> = state.store.with_untracked(|store| {
            let pid = |key: &RowKey| Some((*key, store.row(*key)?.pid()?.to_owned()));
            chunk.keys.iter().filter_map(pid).collect()
        });
        let path = ProjectPath { pid: state.session.pid() };
        let body = ClientPids { pids: pids.iter().map(|(_, pid)| pid.clone()).collect() };
        // The three endpoints differ in their address alone.
        let call = match operation {
            Operation::Block => Call::new::<BlockClients>(&path, &Empty {}, &body),
            Operation::Unblock => Call::new::<UnblockClients>(&path, &Empty {}, &body),
            _ => Call::new::<DetachClients>(&path, &Empty {}, &body),
        };
        let key = Some(&*chunk.idempotency_key);
        let results = state.session.send(call, key).await?.decode::<BlockClients>()?.results;
        let fates: Vec<(RowKey, Fate)> = pids
            .iter()
            .enumerate()
            .map(|(at, (key, pid))| {
                // They come in the order of the request; looked for where a server does otherwise.
                let same = |outcome: &&Outcome| outcome.pid == *pid;
                let outcome = results.get(at).filter(same).or_else(|| results.iter().find(same));
                (*key, fate(i18n.text, operation, outcome.map(|outcome| outcome.status)))
            })
            .collect();
        let done: Vec<RowKey> =
            fates.iter().filter(|(_, fate)| matches!(fate, Fate::Done)).map(|(key, _)| *key).collect();
        state.change(|store| {
            for key in &done {
                match operation {
                    Operation::Block => _ = store.set_state(*key, ClientState::Blocked),
                    Operation::Unblock => _ = store.set_state(*key, ClientState::Active),
                    _ => _ = store.remove(*key),
                }
            }
        });
        state.deselect(&done);
        Ok(fates)
    }

    /// The published calls take one invitation each.
    async fn send_invitations(&self, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Vec<(RowKey, Fate)> {
        let mut fates = Vec::with_capacity(chunk.keys.len());
        for (at, key) in chunk.keys.iter().enumerate() {
            if chunk.keys.len() > 1 {
                self.progress(i18n, at, chunk.keys.len());
            }
            if self.work().is_stopped {
                fates.push((*key, Fate::Failed(i18n.text.outcome_stopped.to_owned())));
                continue;
            }
            let fate = match self.send_invitation(state, *key).await {
                Ok(()) => {
                    state.deselect(&[*key]);
                    Fate::Done
                }
                Err(error) => Fate::Failed(i18n.error(&error)),
            };
            fates.push((*key, fate));
        }
        fates
    }

    async fn send_invitation(&self, state: ClientsState, key: RowKey) -> Result<(), ApiError> {
        let Some((id, row_state)) = state
            .store
            .with_untracked(|store| store.row(key).and_then(|row| Some((row.iid()?.to_owned(), row.state()))))
        else {
            return Err(ErrorKind::NotFound.into());
        };
        let path = InvitationPath { pid: state.session.pid(), id };
        let (session, none) = (state.session, Empty {});
        if self.action.operation == Operation::Revoke {
            match session.call::<RevokeInvitation>(&path, &none, &none, None).await {
                // Revoked before, by a colleague or by an earlier try.
                Ok(_) | Err(ApiError { kind: ErrorKind::NotFound, .. }) => _ = state.change(|store| store.remove(key)),
                Err(error) => return Err(error),
            }
        } else if row_state == ClientState::InvitationExpired {
            let renewed = session.call::<RenewInvitation>(&path, &none, &InvitationChange::default(), None).await?;
            state.change(|store| store.upsert_invitation(&renewed, now()));
        } else {
            session.call::<ResendInvitation>(&path, &none, &none, None).await?;
        }
        Ok(())
    }
}

impl ClientsState {
    /// What a row is called: its email, else its id.
    pub fn label(self, key: RowKey) -> String {
        self.store.with_untracked(|store| {
            let row = store.row(key);
            row.and_then(|row| row.email().or(row.pid()).or(row.iid())).unwrap_or("—").to_owned()
        })
    }

    fn deselect(self, keys: &[RowKey]) {
        self.selection.update(|selection| {
            for key in keys {
                selection.set(*key, false);
            }
        });
    }
}

/// What an outcome means for the operation.
fn fate(text: &Text, operation: Operation, status: Option<OutcomeStatus>) -> Fate {
    let reason = match status {
        Some(OutcomeStatus::Done | OutcomeStatus::Already) => return Fate::Done,
        // Detaching what is not attached is done.
        Some(OutcomeStatus::NotFound) if operation == Operation::Detach => return Fate::Done,
        Some(OutcomeStatus::NotFound) => text.outcome_not_found,
        Some(OutcomeStatus::Conflict) => text.outcome_conflict,
        Some(OutcomeStatus::Failed | OutcomeStatus::Other) | None => text.outcome_failed,
    };
    Fate::Failed(reason.to_owned())
}

fn chunks(keys: &[RowKey]) -> Vec<Chunk> {
    keys.chunks(MAX_BULK).map(|keys| Chunk { keys: keys.to_vec(), idempotency_key: new_key() }).collect()
}
