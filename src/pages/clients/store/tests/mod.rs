//! Tests of the store with example data. The module `random` compares the store with a simple implementation.

mod naive;
mod random;
mod steps;

use std::collections::BTreeMap;

use partner_api::{
    Client, Invitation, UnixTime,
    client::{ClientAttributes, ClientBalance, ClientOwner, ClientsPage, Unreadable},
    invitation::Invitations,
};

use super::*;

fn client(pid: &str, email: &str) -> Client {
    let owner = ClientOwner { email: Some(email.into()), ..ClientOwner::default() };
    Client { pid: pid.into(), enabled: Some(true), owner, ..Client::default() }
}

fn named(pid: &str, name: &str, identifier: &str) -> Client {
    let mut client = client(pid, &format!("{pid}@mail.ru"));
    client.owner.name = Some(name.into());
    client.attr = ClientAttributes { client_id: Some(identifier.into()) };
    client
}

fn page(clients: impl Into<Vec<Client>>) -> ClientsPage {
    ClientsPage { clients: clients.into(), ..ClientsPage::default() }
}

fn store(clients: impl Into<Vec<Client>>) -> ClientStore {
    let mut store = ClientStore::new();
    refresh(&mut store, page(clients));
    store
}

/// Replaces all clients by a listing that has a single page.
fn refresh(store: &mut ClientStore, all: ClientsPage) {
    store.begin_clients();
    store.add_clients(all);
    store.end_clients();
}

/// The data of every row as text, to find changed rows.
fn snapshot(store: &ClientStore) -> BTreeMap<RowKey, String> {
    store.rows().map(|row| (row.key(), format!("{row:?}"))).collect()
}

/// The keys of the rows that were added, changed and removed between two snapshots.
fn diff(before: &BTreeMap<RowKey, String>, after: &BTreeMap<RowKey, String>) -> [Vec<RowKey>; 3] {
    let missing_in = |other: &BTreeMap<RowKey, String>, keys: &BTreeMap<RowKey, String>| {
        keys.keys().filter(|key| !other.contains_key(key)).copied().collect()
    };
    let changed = before.iter().filter(|(key, row)| after.get(key).is_some_and(|it| it != *row)).map(|(key, _)| *key);
    [missing_in(before, after), changed.collect(), missing_in(after, before)]
}

fn pids(store: &ClientStore, query: &ViewQuery) -> Vec<String> {
    let view = Viewer::default().view(store, query);
    view.keys.iter().filter_map(|key| Some(store.row(*key)?.pid()?.to_owned())).collect()
}

fn found(store: &ClientStore, search: &str) -> Vec<String> {
    pids(store, &ViewQuery { search: search.into(), ..ViewQuery::default() })
}

#[test]
fn a_refresh_keeps_keys_and_adds_changes_and_removes_rows() {
    let mut store = store([client("mcs1", "a@x.ru"), client("mcs2", "b@x.ru"), client("mcs3", "c@x.ru")]);
    let [one, two, three] = ["mcs1", "mcs2", "mcs3"].map(|pid| store.client(pid).unwrap());
    let blocked = Client { enabled: Some(false), ..client("mcs2", "b@x.ru") };
    let before = snapshot(&store);
    refresh(&mut store, page([client("mcs4", "d@x.ru"), blocked, client("mcs1", "a@x.ru")]));
    let four = store.client("mcs4").unwrap();
    assert_eq!(diff(&before, &snapshot(&store)), [[four], [two], [three]]);
    assert_eq!(store.client("mcs1"), Some(one));
    assert_eq!((store.len(), store.client("mcs3")), (3, None));
}

#[test]
fn a_row_that_comes_back_is_the_same_row() {
    let mut store = store([client("mcs1", "a@x.ru")]);
    let key = store.client("mcs1").unwrap();
    store.remove(key);
    store.remove(key);
    assert!(store.row(key).is_none() && store.is_empty());
    store.upsert_client(&client("mcs1", "new@x.ru"));
    assert_eq!((store.client("mcs1"), store.len()), (Some(key), 1));
    assert_eq!(found(&store, "new"), ["mcs1"]);
}

#[test]
fn a_refresh_of_clients_leaves_invitations_alone_and_the_reverse() {
    let now = UnixTime::from_secs(100);
    let mut store = store([client("mcs1", "a@x.ru")]);
    let invitation = Invitation { iid: "0f".into(), email: Some("i@x.ru".into()), ..Invitation::default() };
    store.upsert_invitation(&invitation, now);
    let (before, stamps) = (snapshot(&store), store.stamps);
    refresh(&mut store, page([client("mcs1", "a@x.ru")]));
    assert_eq!((snapshot(&store), store.stamps), (before, stamps));
    assert!(store.invitation("0f").is_some());
    store.replace_invitations(Invitations::default(), now);
    assert_eq!((store.len(), store.invitation("0f")), (1, None));
    assert!(store.client("mcs1").is_some());
}

#[test]
fn an_invitation_expires_at_its_expiry_date() {
    let invitation =
        Invitation { iid: "0f".into(), expires_at: Some(UnixTime::from_secs(100)), ..Invitation::default() };
    let mut store = ClientStore::new();
    store.upsert_invitation(&invitation, UnixTime::from_secs(99));
    let key = store.invitation("0f").unwrap();
    assert_eq!(store.row(key).unwrap().state(), ClientState::Invited);
    let (before, stamps) = (snapshot(&store), store.stamps);
    store.expire(UnixTime::from_secs(99));
    assert_eq!((&snapshot(&store), store.stamps), (&before, stamps));
    store.expire(UnixTime::from_secs(100));
    assert_eq!(diff(&before, &snapshot(&store)), [vec![], vec![key], vec![]]);
    assert_ne!(store.stamps, stamps);
    assert_eq!(store.row(key).unwrap().state(), ClientState::InvitationExpired);
    let renewed = Invitation { expires_at: Some(UnixTime::from_secs(200)), ..invitation };
    store.upsert_invitation(&renewed, UnixTime::from_secs(100));
    assert_eq!(store.row(key).unwrap().state(), ClientState::Invited);
}

#[test]
fn unreadable_clients_are_rows_and_counted() {
    let mut store = ClientStore::new();
    let unreadable = vec![Unreadable { pid: Some("mcs2".into()) }, Unreadable { pid: None }, Unreadable { pid: None }];
    let listing = ClientsPage { unreadable, ..page([client("mcs1", "a@x.ru"), Client::default()]) };
    refresh(&mut store, listing.clone());
    let (before, stamps) = (snapshot(&store), store.stamps);
    refresh(&mut store, listing);
    assert_eq!((snapshot(&store), store.stamps), (before, stamps), "the same listing changes nothing");
    let view = Viewer::default().view(&store, &ViewQuery::default());
    assert_eq!((view.counts.unreadable, view.counts.total, view.keys.len()), (4, 5, 5));
    assert_eq!(store.row(view.keys[0]).unwrap().pid(), Some("mcs1"), "unreadable rows come last");
}

#[test]
fn a_row_matches_if_it_contains_every_word() {
    let store = store([named("mcs1", "Пётр Иванов", "CRM-7"), named("mcs2", "Иван Петров", "CRM-77")]);
    for (search, expected) in [
        ("", &["mcs1", "mcs2"][..]),
        ("петр", &["mcs1", "mcs2"]),
        ("ПЁТР  иванов", &["mcs1"]),
        ("иван CRM-77", &["mcs2"]),
        ("crm-7", &["mcs1", "mcs2"]),
        ("MCS2@mail", &["mcs2"]),
        ("иванов петров", &[]),
        ("ruпетр", &[]),
    ] {
        assert_eq!(found(&store, search), expected, "{search:?}");
    }
}

#[test]
fn a_phone_number_is_found_in_any_notation() {
    let store =
        store([Client { phone: Some("89262755887".into()), ..client("mcs1", "a@x.ru") }, client("mcs2", "b@x.ru")]);
    for search in ["89262755887", "+7 926 275-58-87", "8 (926) 275", "9262755", "926", "55887"] {
        assert_eq!(found(&store, search), ["mcs1"], "{search:?}");
    }
    assert!(found(&store, "+7 926 275-58-88").is_empty());
}

#[test]
fn equal_rows_are_sorted_by_email_in_both_directions_and_missing_values_come_last() {
    let blocked = |pid, email| Client { enabled: Some(false), ..client(pid, email) };
    let unnamed = client("mcs5", "0@x.ru");
    let mut rows =
        vec![client("mcs1", "b@x.ru"), blocked("mcs2", "d@x.ru"), client("mcs3", "a@x.ru"), blocked("mcs4", "c@x.ru")];
    rows.iter_mut().for_each(|row| row.owner.name = Some("Ив".into()));
    rows.push(unnamed);
    let store = store(rows);
    let sorted = |sort, descending| pids(&store, &ViewQuery { sort, descending, ..ViewQuery::default() });
    assert_eq!(sorted(SortKey::State, false), ["mcs5", "mcs3", "mcs1", "mcs4", "mcs2"]);
    assert_eq!(sorted(SortKey::State, true), ["mcs4", "mcs2", "mcs5", "mcs3", "mcs1"]);
    assert_eq!(sorted(SortKey::Name, false), ["mcs3", "mcs1", "mcs4", "mcs2", "mcs5"]);
    assert_eq!(sorted(SortKey::Name, true), ["mcs3", "mcs1", "mcs4", "mcs2", "mcs5"]);
}

#[test]
fn numbers_in_identifiers_are_sorted_by_value_and_yo_like_ye() {
    let names = ["ель", "Ёлка", "Жук", "ежи"];
    let identifiers = ["crm-12", "CRM-7", "crm-a", "crm-100000000000000000000"];
    let rows: Vec<_> = (0..4).map(|at| named(&format!("mcs{at}"), names[at], identifiers[at])).collect();
    let store = store(rows);
    let sorted = |sort| pids(&store, &ViewQuery { sort, ..ViewQuery::default() });
    assert_eq!(sorted(SortKey::Name), ["mcs3", "mcs1", "mcs0", "mcs2"]);
    assert_eq!(sorted(SortKey::Identifier), ["mcs1", "mcs0", "mcs3", "mcs2"]);
}

#[test]
fn texts_with_a_long_common_beginning_are_sorted() {
    let ends = ["б", "а", "é", "а"].into_iter().enumerate();
    let rows: Vec<_> = ends.map(|(at, end)| named(&format!("mcs{at}"), &("Ы".repeat(3_000) + end), "")).collect();
    let query = ViewQuery { sort: SortKey::Name, ..ViewQuery::default() };
    assert_eq!(pids(&store(rows), &query), ["mcs2", "mcs1", "mcs3", "mcs0"]);
}

#[test]
fn a_balance_that_lasts_at_most_a_week_runs_out_soon_for_blocked_clients_too() {
    let with = |pid: &str, enabled, days| {
        let amount = |text: &str| text.parse().unwrap();
        let balance =
            ClientBalance { base: amount("10"), bonus: amount("0"), currency: "RUB".into(), lasts_days: days };
        Client { enabled: Some(enabled), balance: Some(balance), ..client(pid, &format!("{pid}@x.ru")) }
    };
    let mut store = store([
        with("mcs1", true, Some(0)),
        with("mcs2", false, Some(7)),
        with("mcs3", true, Some(8)),
        with("mcs4", true, None),
        client("mcs5", "mcs5@x.ru"),
    ]);
    let query = ViewQuery { filter: QuickFilter::RunsOut, ..ViewQuery::default() };
    assert_eq!(pids(&store, &query), ["mcs1", "mcs2"]);
    let counts = Viewer::default().view(&store, &query).counts;
    assert_eq!((counts.runs_out, counts.with_outlook, counts.all), (2, 3, 5));
    store.upsert_client(&with("mcs1", true, Some(30)));
    assert_eq!(pids(&store, &query), ["mcs2"], "a payment removes the client from the filter");
    store.upsert_client(&client("mcs2", "renamed@x.ru"));
    assert_eq!(pids(&store, &query), ["mcs2"], "a reply without a balance keeps the known one");
}

#[test]
fn the_arrangement_changes_only_with_the_query() {
    let mut store = store([client("mcs1", "a@x.ru")]);
    let mut viewer = Viewer::default();
    let first = viewer.view(&store, &ViewQuery::default());
    store.upsert_client(&client("mcs2", "b@x.ru"));
    let refreshed = viewer.view(&store, &ViewQuery::default());
    assert_eq!((refreshed.arrangement, refreshed.keys.len()), (first.arrangement, 2));
    let reversed = viewer.view(&store, &ViewQuery { descending: true, ..ViewQuery::default() });
    assert_ne!(reversed.arrangement, first.arrangement);
}

#[test]
fn fit_returns_the_rows_that_allow_an_operation_and_why_others_do_not() {
    let blocked = Client { enabled: Some(false), ..client("mcs2", "b@x.ru") };
    let store = store([client("mcs1", "a@x.ru"), blocked.clone(), Client { pid: "mcs3".into(), ..blocked }]);
    let keys: Vec<_> = store.rows().map(|row| row.key()).collect();
    let fit = store.fit(Operation::Block, &keys);
    assert_eq!((fit.fitting, fit.misfits), (vec![keys[0]], vec![(Misfit::AlreadyBlocked, 2)]));
}

#[test]
fn names_in_the_address_read_back() {
    assert!(SortKey::ALL.into_iter().all(|key| SortKey::parse(key.as_str()) == Some(key)));
    assert!(QuickFilter::ALL.into_iter().all(|filter| QuickFilter::parse(filter.as_str()) == Some(filter)));
    assert_eq!((SortKey::parse("?"), QuickFilter::parse("")), (None, None));
}

#[test]
fn a_search_that_becomes_a_phone_number_finds_more_rows() {
    let store = store([Client { phone: Some("79261234567".into()), ..client("mcs1", "a@x.ru") }]);
    let mut viewer = Viewer::default();
    let mut found =
        |search: &str| viewer.view(&store, &ViewQuery { search: search.into(), ..ViewQuery::default() }).keys.len();
    assert_eq!([found("8 926"), found("8 9261"), found("8 926 9"), found("8 9261")], [0, 1, 0, 1]);
}

#[test]
fn a_list_sorted_by_state_moves_a_row_when_its_state_changes() {
    let mut store = store([client("mcs1", "a@x.ru"), client("mcs2", "b@x.ru")]);
    let mut viewer = Viewer::default();
    let query = ViewQuery { sort: SortKey::State, ..ViewQuery::default() };
    let [one, two] = ["mcs1", "mcs2"].map(|pid| store.client(pid).unwrap());
    assert_eq!(*viewer.view(&store, &query).keys, [one, two]);
    store.set_state(one, ClientState::Blocked);
    assert_eq!(*viewer.view(&store, &query).keys, [two, one]);
    let stamps = store.stamps;
    store.set_state(one, ClientState::Blocked);
    assert_eq!(store.stamps, stamps, "the same state changes nothing");
}
