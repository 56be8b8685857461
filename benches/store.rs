//! Benchmarks for the store of the client list, with 10,000 and 100,000 rows. Run `cargo bench --bench store`.
//!
//! Targets with 100,000 rows: at most 100 ms to build the store, 5 ms to search and 15 ms to sort.

use std::hint::black_box;

use divan::{Bencher, counter::ItemsCount};
use partner_account::{
    pages::clients::store::{ClientStore, QuickFilter, SortKey, View, ViewQuery, Viewer},
    ui::selection::Selection,
};
use partner_api::{
    Client, UnixTime,
    client::{ClientAttributes, ClientBalance, ClientOwner, ClientsPage},
    money::{Amount, Decimal},
};

const SIZES: [usize; 2] = [10_000, 100_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn decode_json(bencher: Bencher, rows: usize) {
    let json = serde_json::to_string(&clients(rows)).unwrap_or_default();
    bencher.counter(ItemsCount::new(rows)).bench(|| ClientsPage::decode(black_box(&json)));
}

#[divan::bench(args = SIZES)]
fn build(bencher: Bencher, rows: usize) {
    let page = clients(rows);
    bencher.with_inputs(|| page.clone()).bench_values(|page| {
        let mut store = ClientStore::new();
        list(&mut store, page);
        store
    });
}

#[divan::bench(args = SIZES)]
fn refresh_without_changes(bencher: Bencher, rows: usize) {
    let page = clients(rows);
    let mut store = store(rows);
    bencher.with_inputs(|| page.clone()).bench_local_values(|page| list(&mut store, page));
}

#[divan::bench(args = SIZES)]
fn open_the_list(bencher: Bencher, rows: usize) {
    let store = store(rows);
    bencher.bench(|| Viewer::default().view(&store, &ViewQuery::default()));
}

/// Measures how long the view takes when the user changes the search from `before` to `typed`. The list is already
/// sorted.
fn search(bencher: Bencher, rows: usize, before: &str, typed: &str) {
    let store = store(rows);
    bencher
        .with_inputs(|| {
            let mut viewer = Viewer::default();
            viewer.view(&store, &ViewQuery { search: before.into(), ..ViewQuery::default() });
            viewer
        })
        .bench_local_refs(|viewer| viewer.view(&store, &ViewQuery { search: typed.into(), ..ViewQuery::default() }));
}

#[divan::bench(args = SIZES)]
fn search_first_key(bencher: Bencher, rows: usize) {
    search(bencher, rows, "", "и");
}

#[divan::bench(args = SIZES)]
fn search_next_key(bencher: Bencher, rows: usize) {
    search(bencher, rows, "ива", "иван");
}

#[divan::bench(args = SIZES)]
fn search_two_words(bencher: Bencher, rows: usize) {
    search(bencher, rows, "", "петров mail");
}

#[divan::bench(args = SIZES)]
fn search_no_hit(bencher: Bencher, rows: usize) {
    search(bencher, rows, "", "zzzz");
}

#[divan::bench(args = SortKey::ALL.map(SortKey::as_str), consts = SIZES)]
fn sort<const ROWS: usize>(bencher: Bencher, column: &str) {
    let store = store(ROWS);
    let query = ViewQuery { sort: SortKey::parse(column).unwrap_or_default(), ..ViewQuery::default() };
    let start = if query.sort == SortKey::Email { None } else { Some(ViewQuery::default()) };
    bencher
        .with_inputs(|| {
            let mut viewer = Viewer::default();
            if let Some(start) = &start {
                viewer.view(&store, start);
            }
            viewer
        })
        .bench_local_refs(|viewer| viewer.view(&store, &query));
}

#[divan::bench(args = SIZES)]
fn reverse_order(bencher: Bencher, rows: usize) {
    let store = store(rows);
    let mut viewer = Viewer::default();
    let mut descending = false;
    bencher.bench_local(|| {
        descending = !descending;
        viewer.view(&store, &ViewQuery { descending, ..ViewQuery::default() })
    });
}

#[divan::bench(args = SIZES)]
fn filter_and_count(bencher: Bencher, rows: usize) {
    let store = store(rows);
    let mut viewer = Viewer::default();
    let mut filters = QuickFilter::ALL.into_iter().cycle();
    bencher.bench_local(|| {
        let filter = filters.next().unwrap_or_default();
        viewer.view(&store, &ViewQuery { filter, ..ViewQuery::default() }).counts
    });
}

#[divan::bench(args = SIZES)]
fn select_all(bencher: Bencher, rows: usize) {
    let view = opened(rows);
    bencher.bench(|| {
        let mut selection = Selection::new();
        selection.toggle_all(view.visible());
        selection.counts(view.visible())
    });
}

#[divan::bench(args = SIZES)]
fn collect_selected(bencher: Bencher, rows: usize) {
    let view = opened(rows);
    let mut selection = Selection::new();
    selection.toggle_all(view.visible());
    bencher.bench(|| selection.keys(view.visible()));
}

/// Replaces all clients by a listing that has a single page.
fn list(store: &mut ClientStore, page: ClientsPage) {
    store.begin_clients();
    store.add_clients(page);
    store.end_clients();
}

fn opened(rows: usize) -> View {
    Viewer::default().view(&store(rows), &ViewQuery::default())
}

fn store(rows: usize) -> ClientStore {
    let mut store = ClientStore::new();
    list(&mut store, clients(rows));
    store
}

/// Generates the same unsorted clients in every run. Names repeat often, as they do in real lists.
fn clients(rows: usize) -> ClientsPage {
    const FIRST: [&str; 10] =
        ["Иван", "Пётр", "Мария", "Ольга", "Алексей", "John", "Aliya", "Николай", "Екатерина", "Chen"];
    const LAST: [&str; 12] = [
        "Иванов",
        "Петров",
        "Сидорова",
        "Кузнецов",
        "Smith",
        "Ахметова",
        "Wei",
        "Соколов",
        "Лебедева",
        "Козлов",
        "Новикова",
        "O'Neill",
    ];
    const DOMAINS: [&str; 4] = ["mail.ru", "example.com", "yandex.ru", "company.example"];
    let mut state = 42_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let client = |number: usize| Client {
        pid: format!("mcs{}", 1_000_000_000 + number * 7_919 % 999_999_937),
        enabled: Some(next(10) > 0),
        phone: (next(8) > 0).then(|| format!("79{:09}", next(1_000_000_000))),
        ctime: Some(UnixTime::from_secs(1_500_000_000 + next(200_000_000) as i64)),
        attr: ClientAttributes { client_id: (next(3) > 0).then(|| format!("CRM-{}", next(1_000_000))) },
        owner: ClientOwner {
            email: Some(format!("user{}.{}@{}", next(100_000), number, DOMAINS[next(4)])),
            name: (next(20) > 0).then(|| format!("{} {}", FIRST[next(10)], LAST[next(12)])),
            ..ClientOwner::default()
        },
        balance: Some(ClientBalance {
            base: Amount(Decimal::new(next(100_000_000) as i64 - 20_000_000, 2)),
            bonus: Amount(Decimal::new(next(100_000) as i64, 2)),
            currency: "RUB".into(),
            lasts_days: (!number.is_multiple_of(5)).then_some(number as u32 % 90),
        }),
        ..Client::default()
    };
    ClientsPage { clients: (0..rows).map(client).collect(), ..ClientsPage::default() }
}
