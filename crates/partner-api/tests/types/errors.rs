//! Reading of error bodies and bulk outcomes. A malformed error body must still parse, because a parse error would hide
//! the error that the server reported.

use partner_api::{
    OutcomeStatus, Problem,
    bulk::Outcomes,
    problem::{FieldProblem, PublishedError, code},
};

#[test]
fn a_problem_is_read_with_all_its_fields() {
    let problem: Problem = serde_json::from_str(
        r#"{"type":"about:blank","title":"Unprocessable","status":422,"detail":"d","code":"invalid","request_id":"r1",
            "errors":[{"pointer":"/email","code":"already_client","detail":"more"}],"trace":[1]}"#,
    )
    .expect("a problem");
    assert_eq!((problem.status, &*problem.code, &*problem.request_id), (422, code::INVALID, "r1"));
    assert_eq!(problem.errors, [FieldProblem { pointer: "/email".into(), code: code::ALREADY_CLIENT.into() }]);
}

#[test]
fn a_problem_with_missing_and_null_fields_is_read() {
    let nothing: Problem = serde_json::from_str("{}").expect("a problem");
    assert_eq!((&*nothing.kind, nothing.status, &*nothing.code), ("about:blank", 0, ""));
    let nulls = r#"{"type":null,"title":null,"status":null,"detail":null,"code":null,"request_id":null,"errors":null}"#;
    assert_eq!(serde_json::from_str::<Problem>(nulls).expect("a problem"), nothing);
    let errors = r#"{"code":"invalid","errors":[{"pointer":"/name"},{"code":"required","pointer":null},{}]}"#;
    assert_eq!(serde_json::from_str::<Problem>(errors).expect("a problem").errors.len(), 3);
}

#[test]
fn a_published_error_is_read_and_gives_a_problem_without_a_code() {
    let text = r#"{"error":"Project not found"}"#;
    assert_eq!(serde_json::from_str::<PublishedError>(text).expect("an error").error, "Project not found");
    for text in [text, r#"{"loc":["pid"],"msg":"value is not a valid pid","type":"value_error"}"#] {
        assert_eq!(serde_json::from_str::<Problem>(text).expect("a problem").code, "", "{text}");
    }
}

#[test]
fn an_outcome_with_an_unknown_status_is_read_as_failed() {
    let outcomes: Outcomes = serde_json::from_str(
        r#"{"operation_id":"op1","took":3,"results":[
            {"pid":"mcs1","status":"done"}, {"pid":"mcs2","status":"already","code":null,"detail":null},
            {"pid":"mcs3","status":"not_found","code":"not_found"}, {"pid":"mcs4","status":"conflict"},
            {"pid":"mcs5","status":"failed","detail":"out of order"}, {"pid":"mcs6","status":"postponed","until":5}]}"#,
    )
    .expect("outcomes");
    let statuses: Vec<_> = outcomes.results.iter().map(|outcome| outcome.status).collect();
    use OutcomeStatus as S;
    assert_eq!(statuses, [S::Done, S::Already, S::NotFound, S::Conflict, S::Failed, S::Other]);
    let successes = statuses.iter().filter(|status| status.is_success()).count();
    assert_eq!(successes, 2, "an unknown status is not a success");
}
