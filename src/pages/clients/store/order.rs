//! The rows in the order of a column.

use std::{cmp::Ordering, num::NonZeroU128};

use partner_api::{money::Decimal, rules::ClientState};

use super::{
    ClientStore, Stamps, fold,
    sort::{Compare, Entry, sort_in_full},
    text_sort,
    texts::Texts,
};

/// Column that the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Login of a client, recipient of an invitation.
    #[default]
    Email,
    Name,
    /// Numbers in identifiers are sorted by value.
    Identifier,
    /// By digits.
    Phone,
    /// Personal account plus bonuses.
    Balance,
    /// Date on which the client or invitation was created.
    Added,
    State,
}

impl SortKey {
    /// All, in the order of the columns.
    pub const ALL: [Self; 7] =
        [Self::Email, Self::Name, Self::Identifier, Self::Phone, Self::Balance, Self::Added, Self::State];

    /// Name in the URL.
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

    /// The column of a name in the URL.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == name)
    }

    /// Index of the field in a folded text, for columns that are sorted as text.
    const fn field(self) -> Option<usize> {
        match self {
            Self::Email => Some(0),
            Self::Name => Some(1),
            Self::Identifier => Some(2),
            Self::Phone => Some(3),
            Self::Balance | Self::Added | Self::State => None,
        }
    }

    /// The stamps that must be unchanged for an order to be valid. Every order depends on texts, because equal rows are
    /// sorted by email.
    pub(super) const fn depends_on(self, stamps: Stamps) -> Stamps {
        let Stamps { texts, states, facts } = stamps;
        match self {
            Self::Email | Self::Name | Self::Identifier | Self::Phone => Stamps { texts, states: 0, facts: 0 },
            Self::Balance | Self::Added => Stamps { texts, states: 0, facts },
            Self::State => Stamps { texts, states, facts: 0 },
        }
    }
}

/// Rows in some order. A trait object, so that sorting is compiled once and not once per column.
pub(super) type Rows<'a> = &'a mut dyn Iterator<Item = u32>;

/// All rows in the ascending order of one column, including removed ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    rows: Vec<u32>,
    /// Whether a row has the same value as the one before it. Equal rows keep their order when the list is reversed.
    is_tie: Vec<bool>,
    /// Index of the first row without a value. Such rows come last in both directions.
    missing: usize,
}

impl Order {
    /// Sorts the rows. Equal rows keep the order in which they come.
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

    /// Calls `visit` with each row, in either direction.
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

/// The values of all rows, in the order of keys: reading memory in sequence is much faster.
fn values(store: &ClientStore, value: impl Fn(u32) -> Option<NonZeroU128>) -> Vec<Option<NonZeroU128>> {
    (0..store.rows.len() as u32).map(value).collect()
}

/// An amount in millionths, rounded down. It keeps the order; amounts that become equal have to be compared in full.
fn micros(amount: Decimal) -> i128 {
    let power = |exponent: u32| 10_i64.pow(exponent);
    match (i64::try_from(amount.mantissa()), amount.scale()) {
        // Fast path for all realistic amounts: 128-bit arithmetic is several times slower in the browser.
        (Ok(mantissa), scale @ ..=6) if mantissa.checked_mul(power(6 - scale)).is_some() => {
            i128::from(mantissa * power(6 - scale))
        }
        (_, scale @ ..=6) => amount.mantissa() * i128::from(power(6 - scale)),
        (_, scale) => amount.mantissa().div_euclid(10_i128.pow(scale - 6)),
    }
}

/// Maps a signed number to an unsigned one in the same order. `None` for the smallest number, which is not a realistic
/// value.
const fn shifted(number: i128) -> Option<NonZeroU128> {
    NonZeroU128::new(number.cast_unsigned() ^ (1 << 127))
}

/// Active, blocked, invited, expired invitation, unknown, unreadable.
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
