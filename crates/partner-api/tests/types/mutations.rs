//! Mutates one element of a list at random, and checks that the other elements stay readable.

use partner_api::{Endpoint, ListClients, ListInvitations};
use proptest::prelude::*;
use serde_json::{Value, json};

fn client() -> Value {
    json!({
        "pid": "mcs6838234314", "enabled": true, "phone": 81_234_567_890_u64, "ctime": 1_559_826_127.435,
        "title": "mcs6838234314", "attr": { "client_id": "MyClient", "trusted": false },
        "owner": { "email": "owner@mail.ru", "uid": 94_349_234_239_u64, "name": "Vasya", "company": "MailRu" },
        "balance": { "base": "-40", "bonus": 1410, "currency": "RUB" }, "verified": { "fraud": { "status": "APPROVE" } },
    })
}

fn invitation() -> Value {
    json!({
        "iid": "deb32f104f1546a486aa53a425e4f93c", "type": "pclient", "pid": "mcs6838234314", "email": "ex@mail.ru",
        "ctime": 1_559_826_127, "initiator": "ex2@mail.ru", "expires_at": 1_560_430_927,
        "meta": { "name": "Vanya", "phone": 89_262_755_887_u64, "company": "Mail.RU Group", "client_id": "MyBestClient" },
    })
}

/// Any JSON.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        "[-+]?[0-9]{1,40}([.][0-9]{1,40})?(e[-+]?[0-9]{1,3})?".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{1,6}", inner, 0..4).prop_map(Value::from_iter),
        ]
    })
}

/// JSON pointers to all values of a tree, including the root.
fn pointers(value: &Value, at: &str) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    let inner = inner.into_iter().flat_map(|(key, value)| pointers(value, &format!("{at}/{key}")));
    std::iter::once(at.to_owned()).chain(inner).collect()
}

/// Replaces the value at the pointer. Without a new value, removes the field, or sets the root to `null`.
fn mutate(element: &mut Value, pointer: &str, new: Option<Value>) {
    match (new, pointer.rsplit_once('/')) {
        (None, Some((parent, key))) => {
            element.pointer_mut(parent).and_then(Value::as_object_mut).map(|parent| parent.remove(key));
        }
        (new, _) => *element.pointer_mut(pointer).expect("a pointer into the element") = new.unwrap_or_default(),
    }
}

fn mutated(original: Value) -> impl Strategy<Value = Value> {
    let pointers = pointers(&original, "");
    let mutation = (proptest::sample::select(pointers), proptest::option::weighted(0.8, value()));
    proptest::collection::vec(mutation, 1..4).prop_map(move |mutations| {
        let mut element = original.clone();
        for (pointer, new) in mutations {
            if element.pointer(&pointer).is_some() {
                mutate(&mut element, &pointer, new);
            }
        }
        element
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_malformed_client_does_not_affect_the_others(odd in mutated(client()), position in 0..3_usize, in_page in any::<bool>()) {
        let mut list = vec![json!({"pid": "mcs1"}), json!({"pid": "mcs2"})];
        list.insert(position, odd);
        let text = if in_page { json!({ "data": list }).to_string() } else { json!(list).to_string() };
        let page = ListClients::decode(&text).expect("a list");
        prop_assert_eq!(page.clients.len() + page.unreadable.len(), 3);
        let others: Vec<_> = page.clients.iter().filter(|it| it.pid == "mcs1" || it.pid == "mcs2").collect();
        prop_assert!(others.len() >= 2);
        for client in &page.clients {
            // The first writing normalises spellings such as a `+` before digits; the second one must change nothing.
            let write = |client| serde_json::to_string(client).expect("a client can be written");
            let text = write(client);
            prop_assert_eq!(&write(&serde_json::from_str(&text).expect(&text)), &text);
        }
    }

    #[test]
    fn a_malformed_invitation_does_not_affect_the_others(odd in mutated(invitation()), position in 0..3_usize) {
        let mut list = vec![json!({"iid": "01"}), json!({"iid": "02"})];
        list.insert(position, odd);
        let list = ListInvitations::decode(&json!(list).to_string()).expect("a list");
        prop_assert_eq!(list.invitations.len() + list.unreadable, 3);
        prop_assert!(list.invitations.len() >= 2);
    }
}

#[test]
fn a_client_is_readable_if_any_field_except_the_pid_is_missing_or_null() {
    for pointer in pointers(&client(), "").into_iter().filter(|pointer| !pointer.is_empty() && pointer != "/pid") {
        // Skip the fields of the balance. Only this project's server sends a balance, always with these fields, so the
        // client need not stay readable without one of them.
        if pointer.starts_with("/balance/") {
            continue;
        }
        for new in [None, Some(Value::Null)] {
            let mut element = client();
            mutate(&mut element, &pointer, new.clone());
            let page = ListClients::decode(&json!([element]).to_string()).expect("a list");
            assert_eq!(page.clients.len(), 1, "{pointer} {new:?}");
        }
    }
}
