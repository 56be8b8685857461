//! Sending the calls of a run, and what their replies mean for each of its subjects and for the list.

use leptos::prelude::*;
use partner_api::{
    BlockClients, DetachClients, Outcome, OutcomeStatus, RenewInvitation, ResendInvitation, RevokeInvitation,
    UnblockClients,
    bulk::ClientPids,
    endpoint::{Empty, InvitationPath, PartnerPath},
    invitation::InvitationChange,
    rules::{ClientState, Operation},
};

use super::{
    super::state::ClientsState,
    run::{Chunk, Fate, Run, Subject},
};
use crate::{
    api::{ApiError, Call, ErrorKind},
    browser::clock::now,
    i18n::{I18n, locales::Text},
};

/// Sends one chunk; the fates are in the order of its subjects, and the list shows them already.
///
/// # Errors
/// Of the call as a whole: nothing is known of any subject.
pub(super) async fn send(run: &Run, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Result<Vec<Fate>, ApiError> {
    let operation = run.action.operation;
    let fates = match operation {
        Operation::Block | Operation::Unblock | Operation::Detach => clients(operation, state, i18n, chunk).await?,
        Operation::Resend | Operation::Revoke => invitations(run, state, i18n, chunk).await,
    };
    state.selection.update(|selection| {
        for (subject, _) in chunk.subjects.iter().zip(&fates).filter(|(_, fate)| fate.is_done()) {
            selection.set(subject.key, false);
        }
    });
    Ok(fates)
}

async fn clients(operation: Operation, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Result<Vec<Fate>, ApiError> {
    let path = PartnerPath { pid: state.session.pid() };
    let body = ClientPids { pids: chunk.subjects.iter().map(|subject| subject.id.clone()).collect() };
    // The three endpoints differ in their address alone.
    let call = match operation {
        Operation::Block => Call::new::<BlockClients>(&path, &Empty {}, &body),
        Operation::Unblock => Call::new::<UnblockClients>(&path, &Empty {}, &body),
        _ => Call::new::<DetachClients>(&path, &Empty {}, &body),
    };
    let results = state.session.send(call, Some(&chunk.idempotency_key)).await?.decode::<BlockClients>()?.results;
    let fates: Vec<Fate> = chunk
        .subjects
        .iter()
        .enumerate()
        .map(|(at, subject)| {
            // They come in the order of the request; looked for where a server does otherwise.
            let same = |outcome: &&Outcome| outcome.pid == subject.id;
            let outcome = results.get(at).filter(same).or_else(|| results.iter().find(same));
            fate(i18n.text, operation, outcome.map(|outcome| outcome.status))
        })
        .collect();
    state.change(|store| {
        for (Subject { key, .. }, _) in chunk.subjects.iter().zip(&fates).filter(|(_, fate)| fate.is_done()) {
            match operation {
                Operation::Block => _ = store.set_state(*key, ClientState::Blocked),
                Operation::Unblock => _ = store.set_state(*key, ClientState::Active),
                _ => _ = store.remove(*key),
            }
        }
    });
    Ok(fates)
}

/// What an outcome means for the operation.
fn fate(text: Text, operation: Operation, status: Option<OutcomeStatus>) -> Fate {
    let reason = match status {
        Some(OutcomeStatus::Done) => return Fate::Done,
        Some(OutcomeStatus::Already) => return Fate::Already,
        // What is not attached is detached.
        Some(OutcomeStatus::NotFound) if operation == Operation::Detach => return Fate::Already,
        Some(OutcomeStatus::NotFound) => text.bulk().outcome_not_found,
        Some(OutcomeStatus::Conflict) => text.bulk().outcome_conflict,
        Some(OutcomeStatus::Failed | OutcomeStatus::Other) | None => text.bulk().outcome_failed,
    };
    Fate::Failed(reason.to_owned())
}

/// The published calls take one invitation each.
async fn invitations(run: &Run, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Vec<Fate> {
    let total = chunk.subjects.len();
    let mut fates = Vec::with_capacity(total);
    for subject in &chunk.subjects {
        run.progress(i18n, fates.len(), total);
        fates.push(if run.is_stopped() {
            Fate::Failed(i18n.text.bulk().outcome_stopped.to_owned())
        } else {
            match invitation(run.action.operation, state, subject).await {
                Ok(()) => Fate::Done,
                Err(error) => Fate::of_error(&error, reason(i18n, run.action.operation, &error)),
            }
        });
    }
    fates
}

/// Why it was not done; where that is not known, what trying again would do. Letters have no key: they may come twice.
fn reason(i18n: I18n, operation: Operation, error: &ApiError) -> String {
    let unknown = match operation {
        _ if !error.kind.is_unknown_outcome() => "",
        Operation::Revoke => i18n.text.errors().unknown_outcome,
        _ => i18n.text.bulk().outcome_letter_unknown,
    };
    [i18n.error(error), unknown.to_owned()].join(" ").trim_end().to_owned()
}

async fn invitation(operation: Operation, state: ClientsState, subject: &Subject) -> Result<(), ApiError> {
    let path = InvitationPath { pid: state.session.pid(), id: subject.id.clone() };
    let (session, none) = (state.session, Empty {});
    if operation == Operation::Revoke {
        match session.call::<RevokeInvitation>(&path, &none, &none, None).await {
            // Revoked before, by a colleague or by an earlier try.
            Ok(_) | Err(ApiError { kind: ErrorKind::NotFound, .. }) => {
                state.change(|store| store.remove(subject.key));
            }
            Err(error) => return Err(error),
        }
    } else if subject.state == ClientState::InvitationExpired {
        let renewed = session.call::<RenewInvitation>(&path, &none, &InvitationChange::default(), None).await?;
        state.change(|store| store.upsert_invitation(&renewed, now()));
    } else {
        session.call::<ResendInvitation>(&path, &none, &none, None).await?;
    }
    Ok(())
}
