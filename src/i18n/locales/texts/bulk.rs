use crate::i18n::locales::{Forms, Words};

texts! {
/// Confirmation of an action on clients, its progress and its outcome.
BulkText {
    /// Title of the confirmation of *Block* if all selected clients can be blocked. The other actions have the same
    /// texts.
    block_question: Forms,
    /// Title of the confirmation of *Block* if only `{n}` of the `{total}` selected clients can be blocked.
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
    /// Follows a list that shows only the first few entries, for example the names of clients in a confirmation.
    and_more: Forms,

    working: Forms,
    /// Button that stops a run. Requests that are already sent are completed.
    stop: Words,
    /// The next five texts say how many clients or invitations a run has changed, in a toast or in the dialog after a
    /// failure.
    blocked: Forms,
    unblocked: Forms,
    deleted: Forms,
    resent: Forms,
    revoked: Forms,
    /// Button that reverses *Block* or *Unblock* after the run. It must differ from *Cancel*.
    undo: Words,
    /// Toast after *Undo*.
    undone: Words,

    /// The next three texts are lines of the summary after a run.
    not_done: Forms,
    /// Says for how many clients it is unknown whether the action was done.
    not_known: Forms,
    /// Says how many clients did not need the action, for example because they were already blocked.
    were_already: Forms,
    retry_failed: Words,
    /// The next texts say beside the name of a client why the action failed or was not tried.
    outcome_not_found: Words,
    outcome_conflict: Words,
    outcome_failed: Words,
    /// The user stopped the run before this client.
    outcome_stopped: Words,
    /// Reason beside an invitation if the server's reply was lost, so it is unknown whether the email was sent.
    outcome_email_unknown: Words,
}
}
