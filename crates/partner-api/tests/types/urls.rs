//! URLs of requests.

use partner_api::{Endpoint, ListClients, client::ClientsQuery, endpoint::PartnerPath};

#[test]
fn a_url_has_escaped_parameters() {
    let path = PartnerPath { pid: "a/б c".into() };
    let query = ClientsQuery { limit: Some(5), marker: Some("x&y".into()), include: None };
    assert_eq!(ListClients::url(&path, &query), "/api/v1/partners/a%2F%D0%B1%20c/clients/?limit=5&marker=x%26y");
    assert_eq!(
        ListClients::url(&PartnerPath { pid: "mcs1".into() }, &ClientsQuery::default()),
        "/api/v1/partners/mcs1/clients/"
    );
}
