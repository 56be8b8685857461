//! The description of the API for other programs: an OpenAPI 3.1 document, made from the types that both sides use.
//!
//! Methods, routes, access, limits, parameters, bodies, replies, statuses and texts are those of the endpoint types.
//! Fuzzing the server with the document shows whether it behaves as described.

mod calls;
mod operation;
mod shapes;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{Problem, problem::PublishedError};
pub(crate) use shapes::{Number, NumberOrText};

const ABOUT: &str = "\
The partner's account calls this API, and the reference server answers it. Calls marked *Published* keep the path, the \
shape and the error body of the last published description, in which any field but an id may be missing and any number \
may arrive as text; the others are additions in the same style.

Whoever is signed in has the cookie `sid`. Unsafe calls come from the account's own pages (`Sec-Fetch-Site: same-origin`, \
or without that header an `Origin` equal to the server's, or neither) and carry the session's CSRF token. Amounts are \
decimal strings unless a call says otherwise; days are those of Moscow (UTC+3).";

/// Writes types down as schemas, and gathers the ones with a name.
struct Schemas {
    /// As a reader finds them: what has a default may be missing.
    reading: SchemaGenerator,
    /// As a writer makes them: only what is left out at times may be missing.
    writing: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|it| {
                it.definitions_path = "/components/schemas".into();
                it.meta_schema = None;
            })
        };
        Self { reading: settings().for_deserialize().into(), writing: settings().for_serialize().into() }
    }

    /// What is sent to the server, or answered by a published call.
    fn read<T: JsonSchema>(&mut self) -> Value {
        self.reading.subschema_for::<T>().to_value()
    }

    /// What the server answers.
    fn written<T: JsonSchema>(&mut self) -> Value {
        self.writing.subschema_for::<T>().to_value()
    }

    /// The fields of a type whose fields are parameters.
    fn fields<T: JsonSchema>(&mut self) -> Map<String, Value> {
        let schema = T::json_schema(&mut self.reading).to_value();
        schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// All named types.
    fn named(mut self) -> Map<String, Value> {
        let mut named = self.writing.take_definitions(true);
        for (name, schema) in self.reading.take_definitions(true) {
            let other = named.insert(name.clone(), schema.clone());
            assert!(other.is_none_or(|other| other == schema), "{name} has one shape read and another one written");
        }
        named
    }
}

/// The document.
///
/// # Panics
/// A named type has one shape in what is sent and another one in what is answered.
pub fn document() -> Value {
    let mut schemas = Schemas::new();
    let mut paths = Map::new();
    for call in calls::all(&mut schemas) {
        let operations = paths.entry(call.info.route).or_insert_with(|| json!({}));
        operations[call.info.method.as_str().to_ascii_lowercase()] = operation::operation(&call);
    }
    let (problem, published) = (schemas.written::<Problem>(), schemas.written::<PublishedError>());
    let mut document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Partner API", "version": env!("CARGO_PKG_VERSION"), "description": ABOUT },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.named(),
            "parameters": operation::parameters(),
            "headers": operation::headers(),
            "responses": operation::refusals(&problem, &published),
            "securitySchemes": { "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "sid",
                "description": "The session, set by signing in.",
            } },
        },
    });
    plain_words(&mut document);
    document
}

/// Texts are the types' documentation: links of Rust in it lead nowhere here.
fn plain_words(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plain_words),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "description" || name == "summary" => *text = without_links(text),
                    value => plain_words(value),
                }
            }
        }
        _ => {}
    }
}

/// `` [`crate::ledger::code`] `` is `` `code` ``.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`")
        && let Some((target, after)) = link.split_once("`]")
    {
        let name = target.rsplit("::").next().unwrap_or(target);
        plain.push_str(&format!("{before}`{name}`"));
        rest = after;
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_the_names_that_they_show() {
        assert_eq!(
            without_links("as [`crate::form::FieldError::code`] says, [`Client`]."),
            "as `code` says, `Client`."
        );
        assert_eq!(without_links("[`open"), "[`open");
    }
}
