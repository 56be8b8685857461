use crate::i18n::locales::{Forms, Words};

texts! {
/// Form fields and their problems.
FormsText {
    name: Words,
    phone: Words,
    phone_example: Words,
    identifier: Words,
    /// Heading of the list of problems above a form.
    problems: Forms,
    email_required: Words,
    email_malformed: Words,
    phone_malformed: Words,
    /// Problem of a text with more than `{n}` characters.
    too_long: Forms,
    control_character: Words,
    /// Problem of a field for which the server reported a reason that this version of the app does not know.
    problem_other: Words,
    /// Button that corrects a likely typing error. `{suggestion}` is the corrected email address.
    did_you_mean: Words,
}
}
