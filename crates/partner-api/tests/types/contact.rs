//! Validation of the form *Contact sales*, and its JSON.

use partner_api::{
    contact::{
        ContactField, ContactRequest, MIN_FILL_MILLIS, NewContact, NewContactRequest, contact_problems, parse_message,
    },
    form::FieldError,
};

fn good() -> NewContactRequest {
    NewContactRequest {
        name: " Анна Петрова ".into(),
        email: " anna@company.example ".into(),
        phone: "8 (926) 123-45-67".into(),
        company: "Öl & Söhne".into(),
        message: "\r\nFirst line\r\nsecond\tline\rthird\n".into(),
        filled_in_ms: MIN_FILL_MILLIS,
        ..NewContactRequest::default()
    }
}

#[test]
fn a_valid_request_is_trimmed_and_has_an_e164_phone_number() {
    let contact = NewContact::parse(&good()).expect("valid");
    assert_eq!(contact.name, "Анна Петрова");
    assert_eq!(contact.email.as_str(), "anna@company.example");
    assert_eq!(contact.phone.as_str(), "+79261234567");
    assert_eq!(contact.company, "Öl & Söhne");
    assert_eq!(contact.message.as_deref(), Some("First line\nsecond line\nthird"));
    let silent = NewContactRequest { message: " \n ".into(), ..good() };
    assert_eq!(NewContact::parse(&silent).map(|contact| contact.message), Ok(None));
}

#[test]
fn problems_of_all_fields_are_reported_in_the_order_of_the_form() {
    let empty = NewContact::parse(&NewContactRequest::default()).expect_err("all required fields are empty");
    let needed = [ContactField::Name, ContactField::Email, ContactField::Phone, ContactField::Company];
    assert_eq!(empty, needed.map(|field| (field, FieldError::Required)));

    let typed = NewContactRequest {
        name: "a\nb".into(),
        email: "anna".into(),
        phone: "12ab".into(),
        company: "x".repeat(256),
        message: "nul\0".into(),
        ..NewContactRequest::default()
    };
    let problems = NewContact::parse(&typed).expect_err("every field has a problem");
    let reported: Vec<_> = contact_problems(&problems).into_iter().map(|it| (it.pointer, it.code)).collect();
    let expected = [
        ("/name", "control_character"),
        ("/email", "malformed"),
        ("/phone", "malformed"),
        ("/company", "too_long"),
        ("/message", "control_character"),
    ];
    assert_eq!(reported, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    assert!(ContactField::ALL.into_iter().all(|field| ContactField::of_pointer(field.pointer()) == Some(field)));
}

#[test]
fn a_message_can_have_line_breaks_and_no_other_control_characters() {
    let longest = "ы".repeat(4_000);
    for (typed, parsed) in [
        ("", Ok(None)),
        ("one\n\ntwo", Ok(Some("one\n\ntwo"))),
        ("line\u{2028}separator", Ok(Some("line\nseparator"))),
        ("  名前 👩‍👩‍👧  ", Ok(Some("名前 👩‍👩‍👧"))),
        (&longest, Ok(Some(&*longest))),
        ("bell\u{7}", Err(FieldError::ControlCharacter)),
        ("escape\u{1b}[31m", Err(FieldError::ControlCharacter)),
        ("vertical\u{b}tab", Err(FieldError::ControlCharacter)),
        ("over\u{202e}ride", Err(FieldError::ControlCharacter)),
    ] {
        let parsed = parsed.map(|text: Option<&str>| text.map(str::to_owned));
        assert_eq!(parse_message(typed), parsed, "{typed:?}");
    }
    assert_eq!(parse_message(&"ы".repeat(4_001)), Err(FieldError::TooLong { max: 4_000 }));
}

#[test]
fn a_filled_trap_field_or_a_form_filled_within_two_seconds_counts_as_a_bot() {
    assert!(!good().is_by_program());
    assert!(NewContactRequest { website: "https://spam.example".into(), ..good() }.is_by_program());
    assert!(NewContactRequest { filled_in_ms: MIN_FILL_MILLIS - 1, ..good() }.is_by_program());
    assert!(NewContactRequest { filled_in_ms: 0, ..good() }.is_by_program());
}

#[test]
fn the_json_has_the_documented_field_names() {
    let written = serde_json::to_value(good()).expect("writes");
    let expected = serde_json::json!({
        "name": " Анна Петрова ",
        "email": " anna@company.example ",
        "phone": "8 (926) 123-45-67",
        "company": "Öl & Söhne",
        "message": "\r\nFirst line\r\nsecond\tline\rthird\n",
        "filled_in_ms": 2_000,
    });
    assert_eq!(written, expected);
    let least: NewContactRequest = serde_json::from_str("{}").expect("every field may be missing");
    assert_eq!(least, NewContactRequest::default());
    assert!(serde_json::from_str::<NewContactRequest>(r#"{"subject":"x"}"#).is_err(), "unknown fields are refused");
    let reply: ContactRequest = serde_json::from_str(r#"{"reference":"C-48217395"}"#).expect("reads");
    assert_eq!(reply.reference, "C-48217395");
}
