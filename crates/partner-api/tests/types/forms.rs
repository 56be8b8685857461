//! Validation of the dialog *Add client*, except the email field, which the module `emails` tests.

use partner_api::{
    form::{FieldError, NewClient, NewClientField, Phone, field_problems, parse_text},
    invitation::NewInvitation,
};

#[test]
fn phone_numbers_are_converted_to_e164() {
    for (typed, expected) in [
        ("8 (495) 123-45-67", "+74951234567"),
        ("+7 495 123-45-67", "+74951234567"),
        ("+7(926)123.45.67", "+79261234567"),
        ("7 926 123 45 67", "+79261234567"),
        ("9261234567", "+79261234567"),
        ("4951234567", "+74951234567"),
        ("701 123 45 67", "+77011234567"),
        ("8-800-555-35-35", "+78005553535"),
        ("+77011234567", "+77011234567"),
        ("+49 30 123456", "+4930123456"),
        ("+1 (212) 555-0100", "+12125550100"),
        ("12125550100", "+12125550100"),
        ("+8 1234567890", "+81234567890"),
        ("81234567890", "+71234567890"),
        ("+٧ ٩٢٦ ١٢٣ ٤٥ ٦٧", "+79261234567"),
        ("۹۲۶۱۲۳۴۵۶۷", "+79261234567"),
        ("＋79261234567", "?"),
        ("８９２６１２３４５６７", "+79261234567"),
        ("\u{a0}+7\u{a0}926\u{2009}123–45—67\t", "+79261234567"),
        ("1234567", "+1234567"),
        ("+123456789012345", "+123456789012345"),
    ] {
        let parsed = Phone::parse(typed);
        match expected {
            "?" => assert_eq!(parsed, Err(FieldError::Malformed), "{typed}"),
            _ => assert_eq!(parsed.as_ref().map(Phone::as_str), Ok(expected), "{typed}"),
        }
    }
}

#[test]
fn malformed_phone_numbers_are_refused() {
    for (typed, error) in [
        ("", FieldError::Required),
        ("   ", FieldError::Required),
        ("+", FieldError::Malformed),
        ("()", FieldError::Malformed),
        ("123456", FieldError::Malformed),
        ("+1234567890123456", FieldError::Malformed),
        ("0049 30 123456", FieldError::Malformed),
        ("+0 926 123 45 67", FieldError::Malformed),
        ("7+9261234567", FieldError::Malformed),
        ("++79261234567", FieldError::Malformed),
        ("8 800 CALL ME", FieldError::Malformed),
        ("8 495 123-45-67 доб. 12", FieldError::Malformed),
        ("8 495 123-45-67, 8 926 123-45-67", FieldError::Malformed),
        ("926123\u{0}4567", FieldError::ControlCharacter),
        ("926\u{202e}1234567", FieldError::ControlCharacter),
    ] {
        assert_eq!(Phone::parse(typed), Err(error), "{typed:?}");
    }
}

#[test]
fn a_line_of_text_can_have_any_script_and_no_control_characters() {
    let longest = "ы".repeat(255);
    for (typed, parsed) in [
        ("", Ok(None)),
        (" \t ", Ok(None)),
        ("  Иван  Петров ", Ok(Some("Иван  Петров"))),
        ("O'Neill & Söhne №1 «Ёж»", Ok(Some("O'Neill & Söhne №1 «Ёж»"))),
        ("محمد علي", Ok(Some("محمد علي"))),
        ("שלום \u{200f}1", Ok(Some("שלום \u{200f}1"))),
        ("名前 👩‍👩‍👧", Ok(Some("名前 👩‍👩‍👧"))),
        ("<script>", Ok(Some("<script>"))),
        (&longest, Ok(Some(&*longest))),
        ("two\nlines", Err(FieldError::ControlCharacter)),
        ("tab\there", Err(FieldError::ControlCharacter)),
        ("nul\0", Err(FieldError::ControlCharacter)),
        ("\u{7f}", Err(FieldError::ControlCharacter)),
        ("c1\u{85}c1", Err(FieldError::ControlCharacter)),
        ("over\u{202e}ride", Err(FieldError::ControlCharacter)),
        ("em\u{202a}bed", Err(FieldError::ControlCharacter)),
        ("iso\u{2067}late", Err(FieldError::ControlCharacter)),
        ("line\u{2028}separator", Err(FieldError::ControlCharacter)),
    ] {
        let parsed = parsed.map(|text: Option<&str>| text.map(str::to_owned));
        assert_eq!(parse_text(typed), parsed, "{typed:?}");
    }
    assert_eq!(parse_text(&"ы".repeat(256)), Err(FieldError::TooLong { max: 255 }));
    assert_eq!(parse_text(&format!("  {longest}  ")), Ok(Some(longest)));
}

#[test]
fn problems_of_all_fields_are_reported_in_the_order_of_the_dialog() {
    let typed = NewInvitation {
        email: "ivan".into(),
        name: Some("a\nb".into()),
        phone: Some("1".into()),
        client_id: Some("x".repeat(256)),
    };
    let problems = NewClient::parse(&typed).expect_err("every field has a problem");
    let fields: Vec<_> = problems.iter().map(|(field, _)| *field).collect();
    assert_eq!(fields, NewClientField::ALL);
    let reported: Vec<_> = field_problems(&problems).into_iter().map(|it| (it.pointer, it.code)).collect();
    let expected =
        [("/email", "malformed"), ("/name", "control_character"), ("/phone", "malformed"), ("/client_id", "too_long")];
    assert_eq!(reported, expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    assert!(NewClientField::ALL.into_iter().all(|field| NewClientField::of_pointer(field.pointer()) == Some(field)));
}

#[test]
fn only_the_email_is_required_and_validating_twice_changes_nothing() {
    let typed = NewInvitation {
        email: " ivan@mail.ru ".into(),
        name: Some(" ".into()),
        phone: Some("".into()),
        client_id: None,
    };
    let clean: NewInvitation = NewClient::parse(&typed).expect("valid").into();
    assert_eq!(clean, NewInvitation { email: "ivan@mail.ru".into(), ..NewInvitation::default() });
    let typed = NewInvitation { phone: Some("8 926 123-45-67".into()), client_id: Some(" CRM-7 ".into()), ..typed };
    let clean: NewInvitation = NewClient::parse(&typed).expect("valid").into();
    assert_eq!((clean.phone.as_deref(), clean.client_id.as_deref()), (Some("+79261234567"), Some("CRM-7")));
    assert_eq!(NewClient::parse(&clean).map(NewInvitation::from), Ok(clean));
}
