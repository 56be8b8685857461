//! Reports of web vitals.

use partner_api::vitals::{MAX_MILLIS, PageFailure, PageKind, Vitals};

fn read(json: &str) -> serde_json::Result<Vitals> {
    serde_json::from_str(json)
}

#[test]
fn missing_measurements_are_left_out() {
    let vitals = read(r#"{"page":"sign_in","lcp_ms":812,"cls":0.0132,"failure":"panic"}"#).expect("a report");
    assert_eq!((vitals.page, vitals.failure), (PageKind::SignIn, Some(PageFailure::Panic)));
    assert_eq!(vitals.times().collect::<Vec<_>>(), [("lcp", 812.0)]);
    assert_eq!(vitals.problems(), []);
}

#[test]
fn unknown_values_and_unknown_fields_are_refused() {
    for json in [
        "{}",
        r#"{"page":"/en/clients/mcs1/balance"}"#,
        r#"{"page":"clients","url":"https://partner.example"}"#,
        r#"{"page":"clients","failure":"index out of bounds"}"#,
        r#"{"page":"clients","failure":"config"}"#,
        r#"{"page":"clients","lcp_ms":"812"}"#,
        r#"{"page":"clients","lcp_ms":1,"lcp_ms":2}"#,
        r#"{"page":"clients","cls":"0"}"#,
    ] {
        assert!(read(json).is_err(), "{json}");
    }
}

#[test]
fn measurements_out_of_range_are_reported() {
    let json = format!(r#"{{"page":"other","boot_ms":{MAX_MILLIS},"fcp_ms":-1,"inp_ms":600000.5,"cls":-0.1}}"#);
    let problems = read(&json).expect("a report").problems();
    let problems: Vec<_> = problems.iter().map(|it| (it.pointer.as_str(), it.code.as_str())).collect();
    assert_eq!(problems, [("/fcp_ms", "out_of_range"), ("/inp_ms", "out_of_range"), ("/cls", "out_of_range")]);
    assert_eq!(read(r#"{"page":"other","cls":100.1}"#).expect("a report").problems().len(), 1);
}

#[test]
fn names_are_the_same_as_in_json() {
    use PageFailure as F;
    use PageKind as P;
    let name = |value: serde_json::Result<serde_json::Value>| value.expect("a name").as_str().map(str::to_owned);
    for kind in [P::Clients, P::Balance, P::Contact, P::SignIn, P::Invitation, P::Other] {
        assert_eq!(name(serde_json::to_value(kind)).as_deref(), Some(kind.name()));
    }
    for failure in [F::Start, F::Slow, F::Old, F::Panic, F::Again] {
        assert_eq!(name(serde_json::to_value(failure)).as_deref(), Some(failure.name()));
    }
}
