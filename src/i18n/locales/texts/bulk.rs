use crate::i18n::locales::{Forms, Words};

texts! {
/// Confirming an action on clients, its progress and its outcome.
BulkText {
    /// Title of the confirmation.
    block_question: Forms,
    /// The same when the action applies to `{n}` of the `{total}` selected clients.
    block_question_some: Forms,
    block_consequence: Words,
    unblock_question: Forms,
    unblock_question_some: Forms,
    unblock_consequence: Words,
    delete_question: Forms,
    delete_question_some: Forms,
    delete_consequence: Words,
    resend_question: Forms,
    resend_question_some: Forms,
    resend_consequence: Words,
    revoke_question: Forms,
    revoke_question_some: Forms,
    revoke_consequence: Words,
    /// After the first names.
    and_more: Forms,

    working: Forms,
    /// Stops a long run; requests that are already sent are completed.
    stop: Words,
    /// Toasts.
    blocked: Forms,
    unblocked: Forms,
    deleted: Forms,
    resent: Forms,
    revoked: Forms,
    /// Takes back *Block* or *Unblock*. Differs from *Cancel*.
    undo: Words,
    /// Toast.
    undone: Words,

    /// These appear one after another, each as a sentence.
    not_done: Forms,
    /// The replies were lost.
    not_known: Forms,
    /// Clients that were already blocked, for example.
    were_already: Forms,
    retry_failed: Words,
    /// Reason for one client.
    outcome_not_found: Words,
    outcome_conflict: Words,
    outcome_failed: Words,
    /// The user stopped the run before this client.
    outcome_stopped: Words,
    /// The reply was lost.
    outcome_email_unknown: Words,
}
}
