use crate::i18n::locales::{FormsText, en::forms};

pub const TEXT: FormsText = FormsText {
    name: "Name",
    phone: "Telephone",
    phone_example: "+7 (123) 123-45-67",
    identifier: "Identifier",
    problems: forms("There is {n} problem", "There are {n} problems"),
    email_required: "Enter an email address",
    email_malformed: "Enter an email address like name@example.com",
    phone_malformed: "Enter a number with its country code, like +7 495 123-45-67",
    too_long: forms("Too long: at most {n} character", "Too long: at most {n} characters"),
    control_character: "Remove line breaks and invisible characters",
    problem_other: "The server rejected this value",
    did_you_mean: "Did you mean {suggestion}?",
};
