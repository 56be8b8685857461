use crate::i18n::locales::{Forms, Words};

texts! {
/// *Add client* and *Add many clients*.
AddText {
    add_title: Words,
    add_submit: Words,
    /// The button while the request runs.
    adding: Words,
    email_hint: Words,
    identifier_hint: Words,
    already_client: Words,
    already_invited: Words,
    /// Toast. `{email}`.
    invited: Words,

    /// Button in *Add client*.
    many_open: Words,
    many_title: Words,
    many_label: Words,
    /// Under the field. The first words are the order of the values in a line.
    many_hint: Words,
    many_file: Words,
    many_file_failed: Words,
    /// Name of the list of lines, for screen readers.
    many_results: Words,
    /// Three sentences in a row: lines that can be sent, lines that cannot, lines beyond the limit.
    many_ready: Forms,
    many_wrong: Forms,
    many_left_out: Forms,
    /// `{line}` is the number of the line.
    many_line: Words,
    /// The line can be sent.
    many_good: Words,
    /// `{line}` is the number of the earlier line.
    many_repeated: Words,
    many_empty: Words,
    many_none_ready: Words,
    many_send: Forms,
    /// The same button while no line is ready.
    many_send_none: Words,
    many_done: Forms,
}
}
