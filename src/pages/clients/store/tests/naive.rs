//! A simple implementation of search, filter and sorting, without the optimizations of the store. Tests compare its
//! results with those of the store.

use std::cmp::Ordering;

use super::super::*;

pub(super) fn view(store: &ClientStore, query: &ViewQuery) -> Vec<RowKey> {
    let mut rows: Vec<_> = matching(store, query).into_iter().filter(|row| passes(row, query.filter)).collect();
    rows.sort_by(|a, b| compare(a, b, query));
    rows.into_iter().map(|row| row.key()).collect()
}

pub(super) fn counts(store: &ClientStore, query: &ViewQuery) -> Counts {
    let matching = matching(store, query);
    let of = |filter: QuickFilter| matching.iter().filter(|row| passes(row, filter)).count();
    Counts {
        all: matching.len(),
        active: of(QuickFilter::Active),
        blocked: of(QuickFilter::Blocked),
        invited: of(QuickFilter::Invited),
        runs_out: of(QuickFilter::RunsOut),
        with_outlook: store.rows().filter(|row| runs_out(row).is_some()).count(),
        unreadable: store.rows().filter(|row| row.state() == ClientState::Unreadable).count(),
        total: store.rows().count(),
    }
}

fn passes(row: &RowRef<'_>, filter: QuickFilter) -> bool {
    let state = row.state();
    match filter {
        QuickFilter::All => true,
        QuickFilter::Active => state == ClientState::Active,
        QuickFilter::Blocked => state == ClientState::Blocked,
        QuickFilter::Invited => state == ClientState::Invited || state == ClientState::InvitationExpired,
        QuickFilter::RunsOut => runs_out(row) == Some(true),
    }
}

/// Whether the balance lasts at most seven days. `None` if the app does not know how long the balance lasts.
pub(super) fn runs_out(row: &RowRef<'_>) -> Option<bool> {
    match row.row.facts.outlook() {
        Outlook::Unknown => None,
        outlook => Some(outlook == Outlook::RunsOut),
    }
}

fn matching<'a>(store: &'a ClientStore, query: &ViewQuery) -> Vec<RowRef<'a>> {
    store.rows().filter(|row| matches(row, &query.search)).collect()
}

fn matches(row: &RowRef<'_>, search: &str) -> bool {
    let search = fold(search);
    let fields = [row.email(), row.name(), row.identifier(), row.pid()].map(|field| fold(field.unwrap_or_default()));
    let phone = digits(row.phone().unwrap_or_default());
    let has = |word: &str| fields.iter().any(|field| field.contains(word)) || phone.contains(word);
    let is_phone = search.chars().all(|c| "0123456789+-() ".contains(c)) && digits(&search).len() >= 5;
    let number = digits(&search);
    search.split_whitespace().all(has) || (is_phone && has(number.strip_prefix(['7', '8']).unwrap_or(&number)))
}

fn compare(a: &RowRef<'_>, b: &RowRef<'_>, query: &ViewQuery) -> Ordering {
    let text = |value: Option<&str>| value.map(fold).filter(|text| !text.is_empty());
    let phone = |row: &RowRef<'_>| row.phone().map(digits).filter(|digits| !digits.is_empty());
    let descending = query.descending;
    let by_column = match query.sort {
        SortKey::Email => missing_last(text(a.email()), text(b.email()), descending, Ord::cmp),
        SortKey::Name => missing_last(text(a.name()), text(b.name()), descending, Ord::cmp),
        SortKey::Identifier => {
            missing_last(text(a.identifier()), text(b.identifier()), descending, |a, b| natural(a, b))
        }
        SortKey::Phone => missing_last(phone(a), phone(b), descending, Ord::cmp),
        SortKey::Balance => {
            missing_last(a.balance().map(|it| it.total), b.balance().map(|it| it.total), descending, Ord::cmp)
        }
        SortKey::Added => missing_last(a.added(), b.added(), descending, Ord::cmp),
        SortKey::State => missing_last(Some(rank(a.state())), Some(rank(b.state())), descending, Ord::cmp),
    };
    by_column
        .then_with(|| missing_last(text(a.email()), text(b.email()), false, Ord::cmp))
        .then_with(|| a.key().cmp(&b.key()))
}

fn missing_last<T>(a: Option<T>, b: Option<T>, descending: bool, compare: impl Fn(&T, &T) -> Ordering) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) if descending => compare(&b, &a),
        (Some(a), Some(b)) => compare(&a, &b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

/// Compares two texts. Numbers in the texts are compared by value, and all other characters one by one.
fn natural(a: &str, b: &str) -> Ordering {
    let split = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        (text[..end].to_owned(), text[end..].to_owned())
    };
    let ((a_number, a_rest), (b_number, b_rest)) = (split(a), split(b));
    match (a_number.is_empty(), b_number.is_empty()) {
        (true, true) => match (a.chars().next(), b.chars().next()) {
            (Some(x), Some(y)) if x == y => natural(&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (x, y) => x.cmp(&y),
        },
        (false, false) => {
            let value = |number: &str| number.parse::<u128>().expect("a short number");
            value(&a_number).cmp(&value(&b_number)).then_with(|| natural(&a_rest, &b_rest))
        }
        _ => a.chars().next().cmp(&b.chars().next()),
    }
}

fn fold(text: &str) -> String {
    let space = |c: char| if c.is_whitespace() || c.is_control() { ' ' } else { c };
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ё' { 'е' } else { space(c) }).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn rank(state: ClientState) -> usize {
    use ClientState as S;
    [S::Active, S::Blocked, S::Invited, S::InvitationExpired, S::Unknown, S::Unreadable]
        .iter()
        .position(|it| *it == state)
        .expect("all states are listed")
}
