//! What the store promises, by example; `random` holds it to a plain one on random work.

mod naive;
mod random;
mod steps;

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
    store.replace_clients(page(clients));
    store
}

fn pids(store: &ClientStore, query: &ViewQuery) -> Vec<String> {
    let view = Viewer::default().view(store, query);
    view.keys.iter().filter_map(|key| Some(store.row(*key)?.pid()?.to_owned())).collect()
}

fn found(store: &ClientStore, search: &str) -> Vec<String> {
    pids(store, &ViewQuery { search: search.into(), ..ViewQuery::default() })
}

#[test]
fn a_refresh_keeps_keys_and_reports_what_came_changed_and_left() {
    let mut store = store([client("mcs1", "a@x.ru"), client("mcs2", "b@x.ru"), client("mcs3", "c@x.ru")]);
    let [one, two, three] = ["mcs1", "mcs2", "mcs3"].map(|pid| store.client(pid).unwrap());
    let blocked = Client { enabled: Some(false), ..client("mcs2", "b@x.ru") };
    let changes = store.replace_clients(page([client("mcs4", "d@x.ru"), blocked, client("mcs1", "a@x.ru")]));
    let four = store.client("mcs4").unwrap();
    assert_eq!(changes, Changes { added: vec![four], changed: vec![two], removed: vec![three] });
    assert_eq!(store.client("mcs1"), Some(one));
    assert_eq!((store.len(), store.client("mcs3")), (3, None));
}

#[test]
fn a_row_that_comes_back_is_the_same_row() {
    let mut store = store([client("mcs1", "a@x.ru")]);
    let key = store.client("mcs1").unwrap();
    assert!(store.remove(key));
    assert!(!store.remove(key));
    assert!(store.row(key).is_none());
    assert_eq!(store.upsert_client(&client("mcs1", "new@x.ru")).added, [key]);
    assert_eq!(found(&store, "new"), ["mcs1"]);
}

#[test]
fn a_refresh_of_clients_leaves_invitations_alone_and_the_reverse() {
    let now = UnixTime::from_secs(100);
    let mut store = store([client("mcs1", "a@x.ru")]);
    let invitation = Invitation { iid: "0f".into(), email: Some("i@x.ru".into()), ..Invitation::default() };
    store.upsert_invitation(&invitation, now);
    assert!(store.replace_clients(page([client("mcs1", "a@x.ru")])).is_empty());
    assert!(store.invitation("0f").is_some());
    assert_eq!(store.replace_invitations(Invitations::default(), now).removed.len(), 1);
    assert_eq!(store.len(), 1);
}

#[test]
fn an_invitation_expires_when_its_time_has_come() {
    let invitation =
        Invitation { iid: "0f".into(), expires_at: Some(UnixTime::from_secs(100)), ..Invitation::default() };
    let mut store = ClientStore::new();
    store.upsert_invitation(&invitation, UnixTime::from_secs(99));
    let key = store.invitation("0f").unwrap();
    assert_eq!(store.row(key).unwrap().state(), ClientState::Invited);
    assert!(store.expire(UnixTime::from_secs(99)).is_empty());
    assert_eq!(store.expire(UnixTime::from_secs(100)).changed, [key]);
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
    store.replace_clients(listing.clone());
    assert!(store.replace_clients(listing).is_empty(), "the same ones are no news");
    let view = Viewer::default().view(&store, &ViewQuery::default());
    assert_eq!((view.counts.unreadable, view.counts.total, view.keys.len()), (4, 5, 5));
    assert_eq!(store.row(view.keys[0]).unwrap().pid(), Some("mcs1"), "what cannot be read comes last");
}

#[test]
fn every_word_of_the_search_has_to_be_in_the_row() {
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
fn a_telephone_number_is_found_however_it_is_written() {
    let store =
        store([Client { phone: Some("89262755887".into()), ..client("mcs1", "a@x.ru") }, client("mcs2", "b@x.ru")]);
    for search in ["89262755887", "+7 926 275-58-87", "8 (926) 275", "9262755", "926", "55887"] {
        assert_eq!(found(&store, search), ["mcs1"], "{search:?}");
    }
    assert!(found(&store, "+7 926 275-58-88").is_empty());
}

#[test]
fn equal_rows_stand_by_email_in_both_directions_and_missing_values_come_last() {
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
fn numbers_in_identifiers_are_sorted_by_value_and_yo_stands_with_ye() {
    let names = ["ель", "Ёлка", "Жук", "ежи"];
    let identifiers = ["crm-12", "CRM-7", "crm-a", "crm-100000000000000000000"];
    let rows: Vec<_> = (0..4).map(|at| named(&format!("mcs{at}"), names[at], identifiers[at])).collect();
    let store = store(rows);
    let sorted = |sort| pids(&store, &ViewQuery { sort, ..ViewQuery::default() });
    assert_eq!(sorted(SortKey::Name), ["mcs3", "mcs1", "mcs0", "mcs2"]);
    assert_eq!(sorted(SortKey::Identifier), ["mcs1", "mcs0", "mcs3", "mcs2"]);
}

#[test]
fn texts_that_begin_alike_for_long_are_sorted_all_the_same() {
    let ends = ["б", "а", "é", "а"].into_iter().enumerate();
    let rows: Vec<_> = ends.map(|(at, end)| named(&format!("mcs{at}"), &("Ы".repeat(3_000) + end), "")).collect();
    let query = ViewQuery { sort: SortKey::Name, ..ViewQuery::default() };
    assert_eq!(pids(&store(rows), &query), ["mcs2", "mcs1", "mcs3", "mcs0"]);
}

#[test]
fn a_balance_that_lasts_a_week_runs_out_soon_whatever_the_state_of_its_client() {
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
    assert_eq!(pids(&store, &query), ["mcs2"], "after a payment it is no longer among them");
    store.upsert_client(&client("mcs2", "renamed@x.ru"));
    assert_eq!(pids(&store, &query), ["mcs2"], "a reply without a balance takes none away");
}

#[test]
fn the_arrangement_has_another_number_only_for_another_query() {
    let mut store = store([client("mcs1", "a@x.ru")]);
    let mut viewer = Viewer::default();
    let first = viewer.view(&store, &ViewQuery::default());
    store.upsert_client(&client("mcs2", "b@x.ru"));
    let refreshed = viewer.view(&store, &ViewQuery::default());
    assert_eq!((refreshed.arrangement, refreshed.keys.len()), (first.arrangement, 2));
    let turned = viewer.view(&store, &ViewQuery { descending: true, ..ViewQuery::default() });
    assert_ne!(turned.arrangement, first.arrangement);
}

#[test]
fn an_operation_is_told_which_rows_it_fits_and_why_not_the_others() {
    let blocked = Client { enabled: Some(false), ..client("mcs2", "b@x.ru") };
    let store = store([client("mcs1", "a@x.ru"), blocked.clone(), Client { pid: "mcs3".into(), ..blocked }]);
    let keys: Vec<_> = store.rows().map(|row| row.key()).collect();
    let fit = store.fit(Operation::Block, &keys);
    assert_eq!((fit.fitting, fit.misfits), (vec![keys[0]], vec![(Misfit::AlreadyBlocked, 2)]));
}

#[test]
fn names_in_the_url_are_read_back() {
    assert!(SortKey::ALL.into_iter().all(|key| SortKey::parse(key.as_str()) == Some(key)));
    assert!(QuickFilter::ALL.into_iter().all(|filter| QuickFilter::parse(filter.as_str()) == Some(filter)));
    assert_eq!((SortKey::parse("?"), QuickFilter::parse("")), (None, None));
}

#[test]
fn a_search_that_grows_into_a_telephone_number_finds_more_than_its_beginning() {
    let store = store([Client { phone: Some("79261234567".into()), ..client("mcs1", "a@x.ru") }]);
    let mut viewer = Viewer::default();
    let mut found =
        |search: &str| viewer.view(&store, &ViewQuery { search: search.into(), ..ViewQuery::default() }).keys.len();
    assert_eq!([found("8 926"), found("8 9261"), found("8 926 9"), found("8 9261")], [0, 1, 0, 1]);
}

#[test]
fn a_row_moves_when_its_state_changes_and_the_list_is_sorted_by_state() {
    let mut store = store([client("mcs1", "a@x.ru"), client("mcs2", "b@x.ru")]);
    let mut viewer = Viewer::default();
    let query = ViewQuery { sort: SortKey::State, ..ViewQuery::default() };
    let [one, two] = ["mcs1", "mcs2"].map(|pid| store.client(pid).unwrap());
    assert_eq!(*viewer.view(&store, &query).keys, [one, two]);
    assert!(store.set_state(one, ClientState::Blocked));
    assert_eq!(*viewer.view(&store, &query).keys, [two, one]);
    assert!(!store.set_state(one, ClientState::Blocked), "the same state is no news");
}
