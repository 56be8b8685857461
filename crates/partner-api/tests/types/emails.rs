//! Email addresses: accepted, refused, and corrected domains.

use partner_api::form::{Email, FieldError};

/// Addresses that the form must accept.
const ADDRESSES: [&str; 33] = [
    "a@b.ru",
    "ivan@mail.ru",
    "Ivan.Petrov@Example.COM",
    "ivan+cloud@gmail.com",
    "ivan+cloud+2@gmail.com",
    "ivan_petrov@list.ru",
    "ivan-petrov@bk.ru",
    "i@inbox.ru",
    "1234567@yandex.ru",
    "info@sub.domain.example.co.uk",
    "info@xn--e1afmkfd.xn--p1ai",
    "иван@пример.рф",
    "info@пример.рф",
    "иван@example.com",
    "почта@сайт.онлайн",
    "user@bücher.example",
    "用户@例子.公司",
    "o'neill@example.ie",
    "a!#$%&'*/=?^_`{|}~b@example.com",
    "\"quoted local part\"@example.com",
    "\"a@b\"@example.com",
    "x@1.example.com",
    "x@3com.com",
    "x@a-b.example",
    "x@a--b.example",
    "first.middle.last@example.travel",
    "very.long.local.part.that.still.fits.into.sixty.four.octets.ok@a.ru",
    "sales@museum.museum",
    "a.b.c.d@e.f.g.h.ru",
    "noreply@company.example",
    "_@example.com",
    "-@example.com",
    "٣@example.com",
];

const MALFORMED: [&str; 27] = [
    "ivan",
    "ivan@",
    "@mail.ru",
    "@",
    "ivan@mail",
    "ivan@localhost",
    "ivan@@mail.ru",
    "ivan@mail@ru",
    "ivan mail.ru",
    "ivan petrov@mail.ru",
    "ivan@mail ru",
    "ivan@mail..ru",
    "ivan@.mail.ru",
    "ivan@mail.ru.",
    ".ivan@mail.ru",
    "ivan.@mail.ru",
    "iv..an@mail.ru",
    "ivan@-mail.ru",
    "ivan@mail-.ru",
    "ivan@[127.0.0.1]",
    "Ivan <ivan@mail.ru>",
    "<ivan@mail.ru>",
    "mailto:ivan@mail.ru,petr@mail.ru",
    "ivan@mail.ru, petr@mail.ru",
    "ivan@mail.ru;petr@mail.ru",
    "\"ivan@mail.ru",
    "ivan@mail.ru?",
];

#[test]
fn valid_addresses_are_kept_as_typed() {
    for address in ADDRESSES {
        assert_eq!(Email::parse(address).as_ref().map(Email::as_str), Ok(address), "{address}");
    }
}

#[test]
fn spaces_around_an_address_are_trimmed() {
    for typed in [" ivan@mail.ru", "ivan@mail.ru\t", "\n ivan@mail.ru \r\n", "\u{a0}ivan@mail.ru\u{2003}"] {
        assert_eq!(Email::parse(typed).as_ref().map(Email::as_str), Ok("ivan@mail.ru"), "{typed:?}");
    }
}

#[test]
fn malformed_addresses_are_refused() {
    for typed in MALFORMED {
        assert_eq!(Email::parse(typed), Err(FieldError::Malformed), "{typed}");
    }
}

#[test]
fn an_address_must_not_be_empty_or_have_control_characters() {
    for (typed, error) in [
        ("", FieldError::Required),
        (" \t\n", FieldError::Required),
        ("iv\0an@mail.ru", FieldError::ControlCharacter),
        ("ivan@mail.ru\nbcc:x@mail.ru", FieldError::ControlCharacter),
        ("ivan\u{202e}@mail.ru", FieldError::ControlCharacter),
        ("ivan\u{2066}@mail.ru", FieldError::ControlCharacter),
    ] {
        assert_eq!(Email::parse(typed), Err(error), "{typed:?}");
    }
}

#[test]
fn an_address_has_at_most_254_octets() {
    let longest = format!("{}@{}.{}.{}ru", "l".repeat(64), "a".repeat(63), "b".repeat(63), "c".repeat(57) + ".");
    assert_eq!(longest.len(), 253);
    assert!(Email::parse(&longest).is_ok());
    let longest = longest.replace(".ru", ".com");
    assert_eq!((longest.len(), Email::parse(&longest).is_ok()), (254, true));
    let too_long = longest.replace(".com", ".info");
    assert_eq!((too_long.len(), Email::parse(&too_long)), (255, Err(FieldError::TooLong { max: 254 })));
}

#[test]
fn likely_misspellings_of_common_domains_are_corrected() {
    for (domain, hint) in [
        ("gmial.com", Some("gmail.com")),
        ("GMIAL.COM", Some("gmail.com")),
        ("gmai.com", Some("gmail.com")),
        ("gmail.con", Some("gmail.com")),
        ("gmail.co", Some("gmail.com")),
        ("gnail.com", Some("gmail.com")),
        ("mial.ru", Some("mail.ru")),
        ("maill.ru", Some("mail.ru")),
        ("mail.ri", Some("mail.ru")),
        ("yandx.ru", Some("yandex.ru")),
        ("yadnex.ru", Some("yandex.ru")),
        ("inbx.ru", Some("inbox.ru")),
        ("outlok.com", Some("outlook.com")),
        ("hotmial.com", Some("hotmail.com")),
        ("iclould.com", Some("icloud.com")),
        ("gmail.com", None),
        ("Mail.Ru", None),
        ("ya.ru", None),
        ("vk.com", None),
        ("vk.ru", None),
        ("ok.ru", None),
        ("mail.com", None),
        ("ymail.com", None),
        ("mail.kz", None),
        ("yandex.com", None),
        ("corp.mail.ru", None),
        ("company.example", None),
        ("пример.рф", None),
        ("google.com", None),
        ("a.ru", None),
    ] {
        let email = Email::parse(&format!("ivan@{domain}")).expect(domain);
        assert_eq!(email.likely_domain(), hint, "{domain}");
        assert_eq!(email.likely_correction(), hint.map(|hint| format!("ivan@{hint}")), "{domain}");
    }
}
