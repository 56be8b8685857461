//! Sends the calls of a run, and converts each reply to one outcome per row.

use partner_api::{
    BlockClients, DetachClients, Outcome, OutcomeStatus, RenewInvitation, ResendInvitation, RevokeInvitation,
    UnblockClients,
    bulk::ClientPids,
    endpoint::{Empty, InvitationPath, PartnerPath},
    invitation::InvitationChange,
    rules::{ClientState, Operation},
};

use super::{super::state::ClientsState, Chunk, RowOutcome, Run, Subject};
use crate::{
    api::{ApiError, Call, ErrorKind},
    browser::clock::now,
    i18n::{I18n, locales::BulkText},
};

/// Sends one chunk. Updates and deselects the rows for which the operation succeeded. The outcomes are in the order of
/// the chunk's subjects.
///
/// # Errors
/// Returns an error if the whole call fails. In that case no row has an outcome of its own.
pub(super) async fn send(
    run: &Run,
    state: ClientsState,
    i18n: I18n,
    chunk: &Chunk,
) -> Result<Vec<RowOutcome>, ApiError> {
    let operation = run.action.operation;
    let outcomes = match operation {
        Operation::Block | Operation::Unblock | Operation::Detach => {
            send_clients(operation, state, i18n, chunk).await?
        }
        Operation::Resend | Operation::Revoke => send_invitations(run, state, i18n, chunk).await,
    };
    state.deselect(done(chunk, &outcomes).map(|subject| subject.key));
    Ok(outcomes)
}

fn done<'a>(chunk: &'a Chunk, outcomes: &'a [RowOutcome]) -> impl Iterator<Item = &'a Subject> {
    chunk.subjects.iter().zip(outcomes).filter(|(_, outcome)| outcome.is_done()).map(|(subject, _)| subject)
}

async fn send_clients(
    operation: Operation,
    state: ClientsState,
    i18n: I18n,
    chunk: &Chunk,
) -> Result<Vec<RowOutcome>, ApiError> {
    let path = PartnerPath { pid: state.session().pid() };
    let body = ClientPids { pids: chunk.subjects.iter().map(|subject| subject.id.clone()).collect() };
    let call = match operation {
        Operation::Block => Call::new::<BlockClients>(&path, &Empty {}, &body),
        Operation::Unblock => Call::new::<UnblockClients>(&path, &Empty {}, &body),
        _ => Call::new::<DetachClients>(&path, &Empty {}, &body),
    };
    // Decode every reply as that of `BlockClients`, because all three endpoints return the same type.
    let results = state.session().send(call, Some(&chunk.idempotency_key)).await?.decode::<BlockClients>()?.results;
    let outcome_of = |(at, subject): (usize, &Subject)| {
        // Compare PIDs, because the specification does not guarantee that results have the order of the request.
        let is_same = |outcome: &&Outcome| outcome.pid == subject.id;
        let outcome = results.get(at).filter(is_same).or_else(|| results.iter().find(is_same));
        client_outcome(i18n.text.bulk(), operation, outcome.map(|outcome| outcome.status))
    };
    let outcomes: Vec<RowOutcome> = chunk.subjects.iter().enumerate().map(outcome_of).collect();
    state.change(|store| {
        for Subject { key, .. } in done(chunk, &outcomes) {
            match operation {
                Operation::Block => store.set_state(*key, ClientState::Blocked),
                Operation::Unblock => store.set_state(*key, ClientState::Active),
                _ => store.remove(*key),
            }
        }
    });
    Ok(outcomes)
}

fn client_outcome(text: &BulkText, operation: Operation, status: Option<OutcomeStatus>) -> RowOutcome {
    let reason = match status {
        Some(OutcomeStatus::Done) => return RowOutcome::Done,
        Some(OutcomeStatus::Already) => return RowOutcome::Already,
        // If the server does not find the client, it is already detached.
        Some(OutcomeStatus::NotFound) if operation == Operation::Detach => return RowOutcome::Already,
        Some(OutcomeStatus::NotFound) => text.outcome_not_found,
        Some(OutcomeStatus::Conflict) => text.outcome_conflict,
        Some(OutcomeStatus::Failed | OutcomeStatus::Other) | None => text.outcome_failed,
    };
    RowOutcome::Failed(reason.to_owned())
}

/// Sends one call per invitation, because the published API has no bulk call for invitations.
async fn send_invitations(run: &Run, state: ClientsState, i18n: I18n, chunk: &Chunk) -> Vec<RowOutcome> {
    let operation = run.action.operation;
    let total = chunk.subjects.len();
    let mut outcomes = Vec::with_capacity(total);
    for subject in &chunk.subjects {
        run.show_progress(i18n, outcomes.len(), total);
        outcomes.push(if run.is_stopped() {
            RowOutcome::Failed(i18n.text.bulk().outcome_stopped.to_owned())
        } else {
            match send_invitation(operation, state, subject).await {
                Ok(()) => RowOutcome::Done,
                Err(error) => RowOutcome::of_error(&error, invitation_error(i18n, operation, &error)),
            }
        });
    }
    outcomes
}

/// The message for an error. If the outcome is unknown, the message also says whether a retry is safe. A second attempt
/// to send an email may send two emails, because the call has no idempotency key.
fn invitation_error(i18n: I18n, operation: Operation, error: &ApiError) -> String {
    let unknown = match operation {
        _ if !error.kind.is_unknown_outcome() => "",
        Operation::Revoke => i18n.text.errors().unknown_outcome,
        _ => i18n.text.bulk().outcome_email_unknown,
    };
    [i18n.error(error), unknown.to_owned()].join(" ").trim_end().to_owned()
}

async fn send_invitation(operation: Operation, state: ClientsState, subject: &Subject) -> Result<(), ApiError> {
    let path = InvitationPath { pid: state.session().pid(), id: subject.id.clone() };
    let (session, none) = (state.session(), Empty {});
    if operation == Operation::Revoke {
        match session.call::<RevokeInvitation>(&path, &none, &none, None).await {
            // If the server does not find the invitation, it is already revoked: a colleague revoked it, or the reply
            // to an earlier attempt was lost.
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
