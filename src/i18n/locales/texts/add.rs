use crate::i18n::locales::{Forms, Words};

texts! {
/// *Add client* and *Add many clients*.
AddText {
    add_title: Words,
    add_submit: Words,
    /// Label of the *Add* button while the request runs.
    adding: Words,
    email_hint: Words,
    identifier_hint: Words,
    already_client: Words,
    already_invited: Words,
    /// Toast. `{email}` is the address of the invited client.
    invited: Words,

    /// Button in *Add client* that opens *Add many clients*.
    many_open: Words,
    many_title: Words,
    many_label: Words,
    /// Hint under the field. It starts with the order of the values in a line.
    many_hint: Words,
    many_file: Words,
    many_file_failed: Words,
    /// Name of the list of lines, for screen readers.
    many_results: Words,
    /// The next three texts appear as one paragraph: how many lines can be sent, how many cannot, and how many are
    /// beyond the limit.
    many_ready: Forms,
    many_wrong: Forms,
    many_left_out: Forms,
    /// `{line}` is the number of the line.
    many_line: Words,
    /// Result for a line that can be sent.
    many_good: Words,
    /// `{line}` is the number of the earlier line.
    many_repeated: Words,
    many_empty: Words,
    many_none_ready: Words,
    many_send: Forms,
    /// Label of the same button while no line can be sent.
    many_send_none: Words,
    many_done: Forms,
}
}
