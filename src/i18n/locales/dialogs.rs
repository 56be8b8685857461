//! The list of texts of what opens over the clients list, with what a translator has to know of each.

use super::{Forms, Words};

texts! {
/// The texts of what opens over the clients list, in one language: adding, confirming, one row. The first page does
/// without them.
DialogsText {
    /// Confirmation: title, when all the selected fit. `{n}`.
    block_question: Forms,
    /// Confirmation: title, when some do not fit. `{n}` of `{total}`.
    block_question_some: Forms,
    /// Confirmation: what blocking means.
    block_consequence: Words,
    /// Confirmation: title. `{n}`.
    unblock_question: Forms,
    /// Confirmation: title. `{n}` of `{total}`.
    unblock_question_some: Forms,
    /// Confirmation: what unblocking means.
    unblock_consequence: Words,
    /// Confirmation: title. `{n}`.
    delete_question: Forms,
    /// Confirmation: title. `{n}` of `{total}`.
    delete_question_some: Forms,
    /// Confirmation: what deleting means.
    delete_consequence: Words,
    /// Confirmation: title. `{n}`.
    resend_question: Forms,
    /// Confirmation: title. `{n}` of `{total}`.
    resend_question_some: Forms,
    /// Confirmation: what resending means.
    resend_consequence: Words,
    /// Confirmation: title. `{n}`.
    revoke_question: Forms,
    /// Confirmation: title. `{n}` of `{total}`.
    revoke_question_some: Forms,
    /// Confirmation: what revoking means.
    revoke_consequence: Words,
    /// Outcome. `{n}`.
    blocked: Forms,
    /// Outcome. `{n}`.
    unblocked: Forms,
    /// Outcome. `{n}`.
    deleted: Forms,
    /// Outcome. `{n}`.
    resent: Forms,
    /// Outcome. `{n}`.
    revoked: Forms,

    /// While working. `{n}` of `{total}`.
    working: Forms,
    /// Confirm button of a resumed run.
    retry_failed: Words,
    /// Outcome: some were not done. `{n}`.
    not_done: Forms,
    /// Outcome: of some, nobody knows whether they were done. `{n}`.
    not_known: Forms,
    /// Outcome: some were so before. `{n}`.
    were_already: Forms,
    /// Reason of one: the partner has no such client.
    outcome_not_found: Words,
    /// Reason of one: something else holds it.
    outcome_conflict: Words,
    /// Reason of one: the server could not.
    outcome_failed: Words,
    /// Reason of one: the run was stopped before it.
    outcome_stopped: Words,
    /// Reason of one invitation: the reply was lost, and whether its letter was sent is not known.
    outcome_letter_unknown: Words,
    /// Takes back block or unblock.
    undo: Words,
    /// Toast: undone.
    undone: Words,
    /// Dialog *Add client*: title.
    add_title: Words,
    /// Dialog *Add client*: button.
    add_submit: Words,
    /// Button while it works.
    adding: Words,
    /// Under the identifier field.
    identifier_hint: Words,
    /// Under the email field.
    email_hint: Words,
    /// Field problem: already a client.
    already_client: Words,
    /// Field problem: already invited.
    already_invited: Words,
    /// Toast after adding. `{email}`.
    invited: Words,

    /// Title: another identifier for a client. `{client}` its email.
    identifier_title: Words,
    /// Button.
    save: Words,
    /// The same while it works.
    saving: Words,
    /// Message: the identifier was changed.
    identifier_saved: Words,
    /// Somebody else has changed it meanwhile. `{identifier}` that is there now.
    identifier_changed: Words,
    /// Somebody else has removed it meanwhile.
    identifier_removed: Words,

    /// Title: a link to an invitation. `{client}` its email.
    link_title: Words,
    /// What making the link means.
    link_lead: Words,
    /// Who gets the link can accept.
    link_warning: Words,
    /// Button: makes the link.
    link_create: Words,
    /// The same while it works.
    link_creating: Words,
    /// Field with the link.
    link_label: Words,
    /// Under the field. `{moment}` by Moscow's clock.
    link_until: Words,
    /// Button: copies the link.
    link_copy: Words,
    /// Message: the link was copied.
    link_copied: Words,
    /// Message: the browser does not let the page copy.
    link_not_copied: Words,
    /// Dialog with the selected ones that the view does not show: title.
    hidden_title: Words,

    /// Dialog *Add client*: button that opens *Add many*.
    many_open: Words,
    /// Dialog *Add many*: title.
    many_title: Words,
    /// There: field.
    many_label: Words,
    /// There: under the field.
    many_hint: Words,
    /// There: button.
    many_file: Words,
    /// There: the file cannot be used.
    many_file_failed: Words,
    /// There: name of the list of lines.
    many_verdicts: Words,
    /// There: so many can be sent. `{n}`.
    many_ready: Forms,
    /// There: so many cannot. `{n}`.
    many_wrong: Forms,
    /// There: so many are beyond the most that are read. `{n}`.
    many_left_out: Forms,
    /// There: number of a line. `{line}`.
    many_line: Words,
    /// There: the line can be sent.
    many_good: Words,
    /// There: the email was in an earlier line. `{line}` its number.
    many_repeated: Words,
    /// There: nothing to send.
    many_empty: Words,
    /// There: no line can be sent.
    many_none_ready: Words,
    /// There: button. `{n}`.
    many_send: Forms,
    /// There: button, while no line can be sent.
    many_send_none: Words,
    /// There: so many were sent. `{n}`.
    many_done: Forms,

    /// Stops a long run after the calls that are under way.
    stop: Words,
    /// Leaves a dialog without doing anything.
    cancel: Words,
    /// After the first names. `{n}`.
    and_more: Forms,

    /// Dialog that lists the keys: title; also an entry of the palette.
    keys_title: Words,
    /// There: box that switches these keys on and off.
    keys_letters: Words,
    /// There: what a key does.
    key_palette: Words,
    /// There: what a key does.
    key_search: Words,
    /// There: what a key does.
    key_map: Words,
    /// There: what two keys do.
    key_rows: Words,
    /// There: what two keys do.
    key_ends: Words,
    /// There: what two keys do.
    key_pages: Words,
    /// There: what a key does.
    key_select: Words,
    /// There: what a key does.
    key_extend: Words,
    /// There: what a key does.
    key_menu: Words,
    /// There: what a key does.
    key_close: Words,
    /// The palette: name of the dialog and of its list.
    palette_title: Words,
    /// The palette: its field.
    palette_label: Words,
}
}
