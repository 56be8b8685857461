//! The OpenAPI 3.1 document for other programs, generated from the endpoint types.
//!
//! Methods, routes, access, limits, parameters, bodies, replies and descriptions of calls come from the endpoint types.
//! The texts about errors and headers are written in the module `operation`.

mod calls;
mod operation;
mod shapes;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::{Problem, problem::PublishedError};

const ABOUT: &str = "\
API of the partner's account; the reference server implements it. Calls marked *Published* keep the path, the shape and \
the error body of the last published description, in which any field except an id can be missing and any number can be a \
string. The other calls are additions in the same style.

A session is identified by the cookie `sid`. Calls with a method other than GET must come from the app's own pages \
(`Sec-Fetch-Site: same-origin`; without that header, an `Origin` equal to the server's, or no `Origin`) and have the \
session's CSRF token. Amounts are decimal strings unless a call says otherwise. Days are days in Moscow (UTC+3).";

/// Generates the schemas of types and collects the named ones.
struct Schemas {
    /// Schemas of input: a field with a default can be missing.
    reading: SchemaGenerator,
    /// Schemas of output: only fields that the server sometimes omits can be missing.
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

    fn read<T: JsonSchema>(&mut self) -> Value {
        self.reading.subschema_for::<T>().to_value()
    }

    fn written<T: JsonSchema>(&mut self) -> Value {
        self.writing.subschema_for::<T>().to_value()
    }

    /// The schemas of the fields of a path or query type.
    fn fields<T: JsonSchema>(&mut self) -> Map<String, Value> {
        let schema = T::json_schema(&mut self.reading).to_value();
        schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The schemas of all named types.
    fn named(mut self) -> Map<String, Value> {
        let mut named = self.writing.take_definitions(true);
        for (name, schema) in self.reading.take_definitions(true) {
            let other = named.insert(name.clone(), schema.clone());
            assert!(
                other.is_none_or(|other| other == schema),
                "{name} has different shapes in requests and in replies"
            );
        }
        named
    }
}

/// The OpenAPI document of all endpoints.
///
/// # Panics
/// Panics if a named type has different schemas in requests and in replies.
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
                "description": "The session; signing in sets the cookie.",
            } },
        },
    });
    remove_links(&mut document);
    document
}

/// Removes links to Rust items from all texts. The texts are docstrings, and readers of the document cannot follow the
/// links.
fn remove_links(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(remove_links),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "description" || name == "summary" => *text = without_links(text),
                    value => remove_links(value),
                }
            }
        }
        _ => {}
    }
}

/// Replaces `` [`crate::ledger::code`] `` with `` `code` ``.
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
    fn links_become_the_last_part_of_their_path() {
        assert_eq!(without_links("see [`crate::form::FieldError::code`], [`Client`]."), "see `code`, `Client`.");
        assert_eq!(without_links("[`open"), "[`open");
    }
}
