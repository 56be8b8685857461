//! Writes a call as an OpenAPI operation: parameters, body and replies.

use serde_json::{Map, Value, json};

use super::calls::Call;
use crate::{
    auth::{CSRF_HEADER, IDEMPOTENCY_HEADER, REQUEST_ID_HEADER},
    endpoint::{Access, ErrorStyle, Success},
    problem::PROBLEM_JSON,
};

/// Status, name and description of the refusals; see [`crate::problem::code`].
const REFUSALS: [(u16, &str, &str); 12] = [
    (400, "Malformed", "The body is not JSON, the query string is not valid, or a required header is missing."),
    (
        401,
        "Unauthenticated",
        "The caller is not signed in, or the session has expired. At sign-in: wrong email or password.",
    ),
    (
        403,
        "Forbidden",
        "`forbidden`: the request comes from another site, or its CSRF token is missing or wrong. `read_only`: the user's role is `viewer`, which can change nothing.",
    ),
    (404, "NotFound", "The resource does not exist, or belongs to another partner: the reply is the same."),
    (409, "Conflict", "The idempotency key was used for another request, or another user has changed the resource."),
    (413, "TooLarge", "The body is too large: the limit is 256 KiB."),
    (415, "UnsupportedMediaType", "The body is not `application/json`."),
    (422, "Invalid", "The body has another shape, or `errors` lists problems of fields."),
    (429, "TooManyRequests", "Too many requests; `Retry-After` has the seconds to wait."),
    (500, "Internal", "Unexpected error; the server's log has the reason under the request id."),
    (503, "Unavailable", "The server is overloaded, or the request took too long."),
    (
        507,
        "NotWritable",
        "The server cannot store anything at the moment, for example because its disk is full. Nothing was changed.",
    ),
];

pub(super) fn operation(call: &Call) -> Value {
    let name = call.info.type_name.rsplit("::").next().unwrap_or_default();
    let module = call.info.type_name.split("::").nth(1).unwrap_or_default();
    let (summary, description) = texts(call.info.docs);
    let mut operation = json!({
        "operationId": name,
        "tags": [module],
        "summary": summary,
        "parameters": of_call(call),
        "responses": responses(call),
        "security": match call.info.access {
            Access::Anyone => json!([]),
            Access::Visitor => json!([{}, { "session": [] }]),
            Access::SignedIn | Access::AnyRole | Access::Actor => json!([{ "session": [] }]),
        },
    });
    if !description.is_empty() {
        operation["description"] = description.into();
    }
    if let Some(body) = &call.body {
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": body } } });
    }
    operation
}

/// Splits a docstring into its first paragraph and the rest.
fn texts(docs: &str) -> (String, String) {
    let lines: Vec<&str> = docs.lines().map(str::trim).collect();
    let paragraphs: Vec<String> = lines.split(|line| line.is_empty()).map(|lines| lines.join(" ")).collect();
    let paragraphs: Vec<String> = paragraphs.into_iter().filter(|text| !text.is_empty()).collect();
    let summary = paragraphs.first().cloned().unwrap_or_default();
    let rest = paragraphs.get(1..).unwrap_or_default();
    (summary, rest.join("\n\n"))
}

fn of_call(call: &Call) -> Vec<Value> {
    let in_path = call.path.iter().map(|(name, schema)| parameter(name, "path", true, schema.clone()));
    let in_query = call.query.iter().map(|(name, schema)| {
        let is_needed = name == "format" && matches!(call.info.success, Success::File(_));
        parameter(name, "query", is_needed, without_null(schema.clone()))
    });
    let mut headers = vec!["RequestId"];
    if !call.info.method.is_safe() {
        headers.extend(match call.info.access {
            Access::Anyone | Access::SignedIn => None,
            Access::Visitor => Some("CsrfTokenIfSignedIn"),
            Access::AnyRole | Access::Actor => Some("CsrfToken"),
        });
    }
    headers.extend(call.info.needs_idempotency_key.then_some("IdempotencyKey"));
    let headers = headers.into_iter().map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }));
    in_path.chain(in_query).chain(headers).collect()
}

fn parameter(name: &str, place: &str, required: bool, mut schema: Value) -> Value {
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
    let mut parameter = json!({ "name": name, "in": place, "required": required, "schema": schema });
    if let Some(description) = description {
        parameter["description"] = description;
    }
    parameter
}

/// Removes `null` from the schema of an optional parameter, because callers omit the parameter instead of sending
/// `null`.
fn without_null(mut schema: Value) -> Value {
    if let Some(types) = schema.get_mut("type")
        && let Some([Value::String(name), _]) = types.as_array().map(Vec::as_slice)
    {
        *types = name.clone().into();
    }
    if let Some(choices) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        choices.retain(|choice| !choice.is_null());
    }
    if let Some([only, _]) = schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        let (only, description) = (only.clone(), schema.get("description").cloned());
        schema = only;
        if let Some(description) = description {
            schema["description"] = description;
        }
    }
    schema
}

fn responses(call: &Call) -> Map<String, Value> {
    let info = &call.info;
    let content: Map<String, Value> = match info.success {
        Success::Ok | Success::Created => {
            Map::from_iter([("application/json".to_owned(), json!({ "schema": call.reply }))])
        }
        Success::File(types) => types.iter().map(|name| ((*name).to_owned(), json!({}))).collect(),
        Success::NoContent => Map::new(),
    };
    let mut headers = vec!["x-req-id"];
    headers.extend(info.needs_idempotency_key.then_some("Idempotent-Replayed"));
    headers.extend(info.sets_cookie.then_some("Set-Cookie"));
    headers.extend(matches!(info.success, Success::File(_)).then_some("Content-Disposition"));
    let success = json!({
        "description": if info.success == Success::Created { "Created." } else { "Done." },
        "headers": references(&headers),
        "content": content,
    });
    let mut responses = Map::from_iter([(info.success.status().to_string(), success)]);
    for (status, name, _) in REFUSALS {
        if refuses(call, status) {
            let name = if info.errors == ErrorStyle::Published { format!("Published{name}") } else { name.to_owned() };
            responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
        }
    }
    responses
}

fn refuses(call: &Call, status: u16) -> bool {
    let info = &call.info;
    let (is_published, is_safe) = (info.errors == ErrorStyle::Published, info.method.is_safe());
    let has_input = call.body.is_some() || !call.query.is_empty();
    match status {
        // Every published call can return 400 and 403, because the published description says so.
        _ if info.other_refusals.contains(&status) => true,
        400 => is_published || has_input || info.needs_idempotency_key,
        401 => matches!(info.access, Access::SignedIn | Access::AnyRole | Access::Actor),
        403 => is_published || !is_safe,
        404 => !call.path.is_empty(),
        409 => info.needs_idempotency_key,
        413 | 415 | 507 => !is_safe,
        422 => !is_published && has_input,
        429 => !info.rate_limits.is_empty(),
        500 | 503 => true,
        _ => false,
    }
}

pub(super) fn parameters() -> Value {
    let header = |name: &str, required: bool, description: &str, schema: Value| json!({ "name": name, "in": "header", "required": required, "description": description, "schema": schema });
    let request_id = "Id of the request in the reply and in the server's log: 1 to 64 of `A–Z a–z 0–9 _ -`. The server makes one if it is missing or invalid.";
    let key = "Idempotency key: a repeated request with the same key and the same body has one effect and gets the same reply.";
    json!({
        "RequestId": header(REQUEST_ID_HEADER, false, request_id, json!({ "type": "string" })),
        "CsrfToken": header(CSRF_HEADER, true, "The session's CSRF token.", json!({ "type": "string" })),
        "CsrfTokenIfSignedIn": header(CSRF_HEADER, false, "The session's CSRF token.", json!({ "type": "string" })),
        "IdempotencyKey": header(IDEMPOTENCY_HEADER, true, key, json!({
            "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]*[!#-~][ -~]*$",
        })),
    })
}

pub(super) fn headers() -> Value {
    let header = |required: bool, description: &str, kind: &str| json!({ "required": required, "description": description, "schema": { "type": kind } });
    json!({
        (REQUEST_ID_HEADER): header(true, "Id of the request in the server's log.", "string"),
        "Retry-After": header(true, "Seconds to wait.", "integer"),
        "Idempotent-Replayed": header(false, "`true` if this is the stored reply to an earlier request with the same key.", "string"),
        "Set-Cookie": header(true, "Sets or deletes the session cookie.", "string"),
        "Content-Disposition": header(true, "`attachment` with the name of the file.", "string"),
    })
}

fn references(headers: &[&str]) -> Map<String, Value> {
    let reference = |name: &&str| ((*name).to_owned(), json!({ "$ref": format!("#/components/headers/{name}") }));
    headers.iter().map(reference).collect()
}

pub(super) fn refusals(problem: &Value, published: &Value) -> Map<String, Value> {
    let mut responses = Map::new();
    for (status, name, description) in REFUSALS {
        let waits = matches!(status, 429 | 503);
        let headers = references(if waits { &[REQUEST_ID_HEADER, "Retry-After"] } else { &[REQUEST_ID_HEADER] });
        for (prefix, media_type, schema) in [("", PROBLEM_JSON, problem), ("Published", "application/json", published)]
        {
            let content = json!({ (media_type): { "schema": schema } });
            let response = json!({ "description": description, "headers": headers, "content": content });
            responses.insert(format!("{prefix}{name}"), response);
        }
    }
    responses.remove("PublishedInvalid");
    responses
}
