use crate::i18n::locales::{Forms, Words};

texts! {
/// Confirmation of an action on clients, its progress and its outcome.
BulkText {
    /// Title of the confirmation if the action applies to all selected clients.
    block_question: Forms,
    /// Title of the confirmation if the action applies to only `{n}` of the `{total}` selected clients.
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
    /// Follows the names of the first few clients in a confirmation.
    and_more: Forms,

    working: Forms,
    /// Button that stops a long run. Requests that are already sent are completed.
    stop: Words,
    /// The next five texts are toasts after a successful run.
    blocked: Forms,
    unblocked: Forms,
    deleted: Forms,
    resent: Forms,
    revoked: Forms,
    /// Button that reverses *Block* or *Unblock* after the run. It must differ from *Cancel*.
    undo: Words,
    /// Toast after *Undo*.
    undone: Words,

    /// The next three texts appear one after another, each as a sentence.
    not_done: Forms,
    /// The number of clients for which the server's reply was lost.
    not_known: Forms,
    /// The number of clients that did not need the action, for example because they were already blocked.
    were_already: Forms,
    retry_failed: Words,
    /// The next texts are reasons why the action failed for one client.
    outcome_not_found: Words,
    outcome_conflict: Words,
    outcome_failed: Words,
    /// The user stopped the run before this client.
    outcome_stopped: Words,
    /// The server's reply was lost.
    outcome_email_unknown: Words,
}
}
