use crate::i18n::locales::{Forms, Words};

texts! {
/// Texts of the dialogs *Add client* and *Add many clients*.
AddText {
    add_title: Words,
    add_submit: Words,
    /// Label of the submit button of both dialogs while the request runs.
    adding: Words,
    email_hint: Words,
    identifier_hint: Words,
    already_client: Words,
    already_invited: Words,
    /// Toast after a client was invited. `{email}` is the address of the client.
    invited: Words,

    /// Button in *Add client* that opens *Add many clients*.
    many_open: Words,
    many_title: Words,
    many_label: Words,
    /// Hint under the text field of *Add many clients*. It starts with the order of the values in a line.
    many_hint: Words,
    many_file: Words,
    many_file_failed: Words,
    /// Name of the list of results in *Add many clients*, for screen readers.
    many_results: Words,
    /// The next three texts appear as one paragraph in *Add many clients*: how many lines can be sent, how many cannot,
    /// and how many are beyond the limit.
    many_ready: Forms,
    many_wrong: Forms,
    many_left_out: Forms,
    /// Precedes the result of a line in *Add many clients*. `{line}` is the number of the line.
    many_line: Words,
    /// Result for a line that can be sent.
    many_good: Words,
    /// Result for a line whose email is already in an earlier line. `{line}` is the number of the earlier line.
    many_repeated: Words,
    many_empty: Words,
    many_none_ready: Words,
    many_send: Forms,
    /// Label of the submit button of *Add many clients* while no line can be sent.
    many_send_none: Words,
    many_done: Forms,
}
}
