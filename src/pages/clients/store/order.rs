//! Sorts all rows by one column.

use std::{cmp::Ordering, num::NonZeroU128};

use partner_api::{money::Decimal, rules::ClientState};

use super::{
    ClientStore, Stamps, fold,
    sort::{Compare, Entry, sort_in_full},
    text_sort,
    texts::Texts,
};

/// The column that the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The email with which a client signs in, or to which an invitation was sent.
    #[default]
    Email,
    Name,
    /// The partner's own number for the client. Numbers in identifiers are sorted by value, so `crm-7` comes before
    /// `crm-12`.
    Identifier,
    /// Only the digits of a phone number count.
    Phone,
    /// The balance of the personal account plus the bonuses.
    Balance,
    /// The time at which the client or invitation was created.
    Added,
    State,
}

impl SortKey {
    /// All sort keys, in the order of the sort menu.
    pub const ALL: [Self; 7] =
        [Self::Email, Self::Name, Self::Identifier, Self::Phone, Self::Balance, Self::Added, Self::State];

    /// The value of the query parameter for this sort key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Name => "name",
            Self::Identifier => "identifier",
            Self::Phone => "phone",
            Self::Balance => "balance",
            Self::Added => "added",
            Self::State => "state",
        }
    }

    /// The inverse of [`Self::as_str`]. `None` if no sort key has this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == name)
    }

    /// The index of the column's field in the folded text of a row. `None` for columns that are not sorted as text.
    const fn field(self) -> Option<usize> {
        match self {
            Self::Email => Some(0),
            Self::Name => Some(1),
            Self::Identifier => Some(2),
            Self::Phone => Some(3),
            Self::Balance | Self::Added | Self::State => None,
        }
    }

    /// The change counters on which a cached order depends. All other counters are zero. Every order depends on texts,
    /// because rows with equal values are sorted by email.
    pub(super) const fn depends_on(self, stamps: Stamps) -> Stamps {
        let Stamps { texts, states, facts } = stamps;
        match self {
            Self::Email | Self::Name | Self::Identifier | Self::Phone => Stamps { texts, states: 0, facts: 0 },
            Self::Balance | Self::Added => Stamps { texts, states: 0, facts },
            Self::State => Stamps { texts, states, facts: 0 },
        }
    }
}

/// An iterator over rows. It is a trait object, so that the sorting code is compiled once instead of once per column.
pub(super) type Rows<'a> = &'a mut dyn Iterator<Item = u32>;

/// All rows of the store, including removed rows, in the ascending order of one column.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    rows: Vec<u32>,
    /// Whether a row has the same value as the row before it. Such rows keep their order when the list is reversed.
    is_tie: Vec<bool>,
    /// The index of the first row without a value. Rows without a value come last in both directions.
    missing: usize,
}

impl Order {
    /// Sorts the rows by a column. Rows with equal values keep the order that they have in `rows`.
    pub(super) fn new(store: &ClientStore, key: SortKey, rows: Rows<'_>) -> Self {
        match key.field() {
            Some(field) => Self::of_texts(store, key, field, rows),
            None => Self::of_facts(store, key, rows),
        }
    }

    fn of_texts(store: &ClientStore, key: SortKey, field: usize, rows: Rows<'_>) -> Self {
        let natural = matches!(key, SortKey::Identifier).then(|| natural(&store.texts, field));
        let text = |row| match &natural {
            Some(texts) => texts.get(row),
            None => store.texts.field(row, field),
        };
        let values = values(store, |row| NonZeroU128::new(text_sort::prefix(text(row))));
        Self::sorted(values, rows, &|entries, is_tie| text_sort::sort(entries, is_tie, &text, 0))
    }

    fn of_facts(store: &ClientStore, key: SortKey, rows: Rows<'_>) -> Self {
        let facts = |row: u32| &store.rows[row as usize].facts;
        let total = |row| facts(row).balance.map(|balance| balance.total.0);
        let values = match key {
            SortKey::Balance => values(store, |row| total(row).and_then(|total| shifted(micros(total)))),
            SortKey::Added => values(store, |row| facts(row).added.and_then(|added| shifted(added.millis.into()))),
            _ => values(store, |row| store.states[row as usize].and_then(rank)),
        };
        let compare: Compare<'_> = match key {
            SortKey::Balance => &|a, b| total(a.row).cmp(&total(b.row)),
            _ => &|_, _| Ordering::Equal,
        };
        Self::sorted(values, rows, &|entries, is_tie| sort_in_full(entries, is_tie, compare))
    }

    fn sorted(values: Vec<Option<NonZeroU128>>, rows: Rows<'_>, sort: &dyn Fn(&mut [Entry], &mut [bool])) -> Self {
        let mut entries = Vec::with_capacity(values.len());
        let mut without = Vec::new();
        for row in rows {
            match values[row as usize] {
                Some(value) => entries.push(Entry { value: value.get(), row }),
                None => without.push(row),
            }
        }
        let missing = entries.len();
        let mut is_tie = vec![false; missing];
        sort(&mut entries, &mut is_tie);
        let rows = entries.into_iter().map(|entry| entry.row).chain(without).collect();
        Self { rows, is_tie, missing }
    }

    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Calls `visit` with each row, in ascending or descending order.
    pub(super) fn each(&self, descending: bool, mut visit: impl FnMut(u32)) {
        if !descending {
            self.rows.iter().copied().for_each(visit);
            return;
        }
        let mut end = self.missing;
        while end > 0 {
            let mut start = end - 1;
            while self.is_tie[start] {
                start -= 1;
            }
            self.rows[start..end].iter().copied().for_each(&mut visit);
            end = start;
        }
        self.rows[self.missing..].iter().copied().for_each(visit);
    }
}

/// Computes the values of all rows in the order of keys, because reading memory in sequence is much faster.
fn values(store: &ClientStore, value: impl Fn(u32) -> Option<NonZeroU128>) -> Vec<Option<NonZeroU128>> {
    (0..store.rows.len() as u32).map(value).collect()
}

/// Converts an amount to millionths, rounded down. If two results are equal, the caller has to compare the exact
/// amounts.
fn micros(amount: Decimal) -> i128 {
    let power = |exponent: u32| 10_i64.pow(exponent);
    match (i64::try_from(amount.mantissa()), amount.scale()) {
        // Use 64-bit arithmetic if the amount is small enough, because 128-bit arithmetic is several times slower in
        // the browser. All realistic amounts are small enough.
        (Ok(mantissa), scale @ ..=6) if mantissa.checked_mul(power(6 - scale)).is_some() => {
            i128::from(mantissa * power(6 - scale))
        }
        (_, scale @ ..=6) => amount.mantissa() * i128::from(power(6 - scale)),
        (_, scale) => amount.mantissa().div_euclid(10_i128.pow(scale - 6)),
    }
}

/// Maps signed numbers to unsigned numbers, so that the order stays the same. `None` for the smallest `i128`, which is
/// not a realistic value.
const fn shifted(number: i128) -> Option<NonZeroU128> {
    NonZeroU128::new(number.cast_unsigned() ^ (1 << 127))
}

/// The position of a state when the list is sorted by state.
const fn rank(state: ClientState) -> Option<NonZeroU128> {
    NonZeroU128::new(match state {
        ClientState::Active => 1,
        ClientState::Blocked => 2,
        ClientState::Invited => 3,
        ClientState::InvitationExpired => 4,
        ClientState::Unknown => 5,
        ClientState::Unreadable => 6,
    })
}

fn natural(texts: &Texts, field: usize) -> Texts {
    let mut natural = Texts::default();
    let mut buffer = String::new();
    for row in 0..texts.len() as u32 {
        buffer.clear();
        fold::natural_into(&mut buffer, texts.field(row, field));
        natural.push(&buffer);
    }
    natural
}
