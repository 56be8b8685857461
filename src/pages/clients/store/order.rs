//! Orders of the rows: one per column, computed when first asked for and kept until a row changes.

use std::{cmp::Ordering, num::NonZeroU128};

use partner_api::{money::Decimal, rules::ClientState};

use super::{
    ClientStore, Stamps,
    by_text::{self, Entry},
    fold,
    texts::Texts,
};

/// Column that the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Login, or where the invitation went.
    #[default]
    Email,
    /// Name.
    Name,
    /// Identifier; numbers in it by their value.
    Identifier,
    /// Telephone, by its digits.
    Phone,
    /// Personal balance plus bonuses.
    Balance,
    /// When it was added.
    Added,
    /// Active, blocked, invited, expired invitation, unknown, unreadable.
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

    /// Where the column stands in a row's folded text, for the columns that are sorted as text.
    const fn field(self) -> Option<usize> {
        match self {
            Self::Email => Some(0),
            Self::Name => Some(1),
            Self::Identifier => Some(2),
            Self::Phone => Some(3),
            Self::Balance | Self::Added | Self::State => None,
        }
    }

    /// What has to be as it was for an order to hold. Every order falls back to the email, which is a text.
    pub(super) const fn depends_on(self, stamps: Stamps) -> Stamps {
        let Stamps { texts, states, facts } = stamps;
        match self {
            Self::Email | Self::Name | Self::Identifier | Self::Phone => Stamps { texts, states: 0, facts: 0 },
            Self::Balance | Self::Added => Stamps { texts, states: 0, facts },
            Self::State => Stamps { texts, states, facts: 0 },
        }
    }
}

/// Rows in some order. A trait object, as what sorts and compares: all of this is compiled once, not once per column.
pub(super) type Rows<'a> = &'a mut dyn Iterator<Item = u32>;

/// All rows in the order of one column, ascending; those that left are still among them.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    rows: Vec<u32>,
    /// Whether a row has the same value as the one before: equal rows stand the same way in both directions.
    is_tie: Vec<bool>,
    /// Where the rows without a value begin: they come last in both directions.
    missing: usize,
}

impl Order {
    /// Sorts the rows, which come in the order that equal ones keep.
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
        let values = values(store, |row| NonZeroU128::new(by_text::prefix(text(row))));
        Self::sorted(values, rows, &|entries, is_tie| by_text::sort(entries, is_tie, &text, 0))
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

    /// The rows, ascending.
    pub(super) fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Calls with every row in turn.
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

/// The values of all rows. Read in the order of memory, which is much faster than in the order of the rows.
fn values(store: &ClientStore, value: impl Fn(u32) -> Option<NonZeroU128>) -> Vec<Option<NonZeroU128>> {
    (0..store.rows.len() as u32).map(value).collect()
}

/// Sorts by value and, where values are equal, by the comparison; marks entries equal to the one before.
pub(super) fn sort_in_full(entries: &mut [Entry], is_tie: &mut [bool], compare: Compare<'_>) {
    sort_by_value(entries);
    each_run(entries, is_tie, |entries, is_tie| sort_run(entries, is_tie, compare));
}

/// How rows of equal value compare.
type Compare<'a> = &'a dyn Fn(&Entry, &Entry) -> Ordering;

/// Stable: equal rows keep the order they came in.
pub(super) fn sort_by_value(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| entry.value);
}

/// Calls with each run of several entries that have the same value.
pub(super) fn each_run(entries: &mut [Entry], is_tie: &mut [bool], mut visit: impl FnMut(&mut [Entry], &mut [bool])) {
    let mut start = 0;
    while start < entries.len() {
        let value = entries[start].value;
        let length = entries[start..].iter().take_while(|entry| entry.value == value).count();
        if length > 1 {
            let run = start..start + length;
            visit(&mut entries[run.clone()], &mut is_tie[run]);
        }
        start += length;
    }
}

/// Sorts entries of equal value by the comparison; marks those equal to the one before.
pub(super) fn sort_run(entries: &mut [Entry], is_tie: &mut [bool], compare: Compare<'_>) {
    entries.sort_by(compare);
    for (pair, is_tie) in entries.windows(2).zip(is_tie.iter_mut().skip(1)) {
        *is_tie = compare(&pair[0], &pair[1]).is_eq();
    }
}

/// An amount in millionths, rounded down: in the order of the amounts, but equal ones have to be compared in full.
fn micros(amount: Decimal) -> i128 {
    let power = |exponent: u32| 10_i64.pow(exponent);
    match (i64::try_from(amount.mantissa()), amount.scale()) {
        // Any real amount; 128 bits are several times slower in the browser.
        (Ok(mantissa), scale @ ..=6) if mantissa.checked_mul(power(6 - scale)).is_some() => {
            i128::from(mantissa * power(6 - scale))
        }
        (_, scale @ ..=6) => amount.mantissa() * i128::from(power(6 - scale)),
        (_, scale) => amount.mantissa().div_euclid(10_i128.pow(scale - 6)),
    }
}

/// A signed number as an unsigned one in the same order. None is the smallest one: no amount, no time.
const fn shifted(number: i128) -> Option<NonZeroU128> {
    NonZeroU128::new(number.cast_unsigned() ^ (1 << 127))
}

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
