//! The OpenAPI document describes all endpoints of the server and no others.

use std::collections::BTreeSet;

use serde_json::Value;

#[test]
fn the_document_has_every_mounted_endpoint_and_no_other() {
    let document: Value = serde_json::from_str(include_str!("../../../../docs/openapi.json")).unwrap();
    let paths = document["paths"].as_object().unwrap();
    let described: BTreeSet<(String, String)> = paths
        .iter()
        .flat_map(|(route, operations)| {
            let methods = operations.as_object().unwrap().keys();
            methods.map(|method| (method.to_ascii_uppercase(), route.clone()))
        })
        .collect();
    let mounted = partner_server::mounted();
    let mounted = mounted.into_iter().map(|it| (it.method.as_str().to_owned(), it.route.to_owned())).collect();
    assert_eq!(described, mounted);
}
