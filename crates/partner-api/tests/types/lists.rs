//! Parsing of whole lists and pages, including lists with unreadable elements.

use partner_api::{Endpoint, ListClients, ListInvitations, client::ClientsPage};

fn pids(page: &ClientsPage) -> Vec<&str> {
    page.clients.iter().map(|client| &*client.pid).collect()
}

#[test]
fn the_published_bare_array_is_read_as_a_list() {
    for (text, expected) in [
        ("[]", &[][..]),
        (" \n[ ]\n", &[]),
        (r#"[{"pid":"mcs1"}]"#, &["mcs1"]),
        ("\t[\n{\"pid\":\"mcs1\"} ,\r\n {\"pid\":\"mcs2\",\"x\":[[]]}]", &["mcs1", "mcs2"]),
    ] {
        let page = ListClients::decode(text).expect(text);
        assert_eq!(pids(&page), expected, "{text}");
        assert_eq!((page.marker, page.total, page.unreadable.len()), (None, None, 0), "{text}");
    }
}

#[test]
fn a_page_is_read_with_its_marker_and_total() {
    let page = ListClients::decode(r#"{"total":9,"data":[{"pid":"mcs1"}],"marker":"a/b=","more":{}}"#).expect("a page");
    assert_eq!((pids(&page), page.marker.as_deref(), page.total), (vec!["mcs1"], Some("a/b="), Some(9)));
    let last = ListClients::decode(r#"{"data":[],"marker":null,"total":null}"#).expect("a page");
    assert_eq!(last, ClientsPage::default());
}

#[test]
fn a_reply_that_is_not_a_list_is_an_error() {
    for text in ["", "null", "{}", r#"{"error":"x"}"#, r#"{"data":null}"#, "[", r#"[{"pid":"mcs1"}"#, "<html>", "[1]x"]
    {
        assert!(ListClients::decode(text).is_err(), "{text}");
        assert!(ListInvitations::decode(text).is_err(), "{text}");
    }
}

#[test]
fn an_unreadable_client_is_counted_with_its_pid_if_that_is_readable() {
    let text = r#"[
        {"pid":"mcs1"}, null, 7, "mcs", [], {}, {"pid":null}, {"pid":5},
        {"pid":"mcs2","ctime":"yesterday"}, {"pid":"mcs3","owner":"me"}, {"pid":"mcs4","attr":7},
        {"pid":"mcs5","attr":"none"}, {"pid":"mcs6","owner":{"name":"\ud800"}}, {"pid":"mcs7","ctime":1e999}, {"pid":"mcs8"}
    ]"#;
    let page = ListClients::decode(text).expect("a list");
    assert_eq!(pids(&page), ["mcs1", "mcs8"]);
    let named: Vec<_> = page.unreadable.iter().map(|it| it.pid.as_deref()).collect();
    let [nameless @ .., two, three, four, five, six, seven] = &named[..] else { panic!("{named:?}") };
    assert_eq!(nameless, [None; 7]);
    let expected = ["mcs2", "mcs3", "mcs4", "mcs5", "mcs6", "mcs7"].map(Some);
    assert_eq!([*two, *three, *four, *five, *six, *seven], expected);
}

#[test]
fn a_client_with_an_unexpected_state_stays_in_the_list() {
    for (enabled, expected) in [
        ("true", Some(true)),
        ("false", Some(false)),
        (r#""false""#, Some(false)),
        (r#""true""#, Some(true)),
        ("null", None),
        (r#""frozen""#, None),
        ("2", None),
        (r#"{"since":1}"#, None),
    ] {
        let page = ListClients::decode(&format!(r#"[{{"pid":"mcs1","enabled":{enabled}}}]"#)).expect(enabled);
        assert_eq!((pids(&page), page.clients[0].enabled), (vec!["mcs1"], expected), "{enabled}");
    }
}

#[test]
fn an_unreadable_invitation_is_counted() {
    let list = ListInvitations::decode(r#"[{"iid":"0f"}, {"iid":1}, null, {"iid":"1f","meta":null}]"#).expect("a list");
    let iids: Vec<_> = list.invitations.iter().map(|invitation| &*invitation.iid).collect();
    assert_eq!((iids, list.unreadable), (vec!["0f", "1f"], 2));
}
