//! One row of the list: a client, an invitation, or an entry that the app cannot read.

use partner_api::{Amount, Client, Invitation, UnixTime, client::ClientBalance, invitation::Delivery};

use super::fold::{digits_into, fold_into};

/// Kind of a row. With the id, it identifies the row in a refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Client,
    Invitation,
    /// A client without a readable PID. Its id is its number among such clients.
    NamelessClient,
    /// An invitation that could not be read. Its id is its number among such invitations.
    NamelessInvitation,
}

impl Kind {
    pub(super) const fn is_invitation(self) -> bool {
        matches!(self, Self::Invitation | Self::NamelessInvitation)
    }
}

/// A row in memory. All its texts share one allocation, because there may be 100,000 rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// The texts, followed by the id.
    text: Box<str>,
    ends: [u16; TEXTS],
    pub(super) facts: Facts,
}

/// Number of texts of a row, without its id.
const TEXTS: usize = 4;
pub(super) const EMAIL: usize = 0;
pub(super) const NAME: usize = 1;
pub(super) const IDENTIFIER: usize = 2;
pub(super) const PHONE: usize = 3;
/// Bytes of a text, many more than the API allows. Longer texts are truncated.
const MAX_TEXT: usize = 8_000;

/// The data of a row that is not text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) balance: Option<RowBalance>,
    pub(super) added: Option<UnixTime>,
    /// Of invitations only. Boxed, because most rows are clients.
    pub(super) email: Option<Box<EmailFacts>>,
}

/// The latest email of an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct EmailFacts {
    pub(super) expires_at: Option<UnixTime>,
    pub(super) sent_at: Option<UnixTime>,
    pub(super) delivery: Option<Delivery>,
}

impl Facts {
    pub(super) fn expires_at(&self) -> Option<UnixTime> {
        self.email.as_ref()?.expires_at
    }

    pub(super) fn outlook(&self) -> Outlook {
        self.balance.map_or(Outlook::Unknown, |balance| balance.outlook)
    }
}

/// A balance. Its currency is an index into the currencies of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowBalance {
    pub(super) total: Amount,
    pub(super) bonus: Amount,
    pub(super) currency: u16,
    pub(super) outlook: Outlook,
}

/// How long a balance lasts, as far as the filter needs to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outlook {
    /// There is no balance, the client spends nothing, or the API does not return it.
    #[default]
    Unknown,
    /// Longer than [`SOON_DAYS`].
    Lasts,
    /// At most [`SOON_DAYS`], or nothing is left.
    RunsOut,
}

/// A balance runs out soon if it lasts at most so many days.
pub(super) const SOON_DAYS: u32 = 7;

impl Outlook {
    const fn of_days(days: Option<u32>) -> Self {
        match days {
            None => Self::Unknown,
            Some(..=SOON_DAYS) => Self::RunsOut,
            Some(_) => Self::Lasts,
        }
    }
}

/// The texts of a row, borrowed from the reply of the API. A missing text is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct RowTexts<'a> {
    pub(super) id: &'a str,
    email: &'a str,
    name: &'a str,
    identifier: &'a str,
    phone: &'a str,
}

impl<'a> RowTexts<'a> {
    pub(super) fn of_client(client: &'a Client) -> Self {
        let owner = &client.owner;
        let title = client.title.as_deref().filter(|title| *title != client.pid);
        Self {
            id: &client.pid,
            email: cleaned(owner.email.as_deref()),
            name: [owner.name.as_deref(), owner.company.as_deref(), title]
                .into_iter()
                .map(cleaned)
                .find(|name| !name.is_empty())
                .unwrap_or_default(),
            identifier: cleaned(client.attr.client_id.as_deref()),
            phone: cleaned(client.phone.as_deref()),
        }
    }

    pub(super) fn of_invitation(invitation: &'a Invitation) -> Self {
        let meta = &invitation.meta;
        Self {
            id: &invitation.iid,
            email: cleaned(invitation.email.as_deref()),
            name: Some(cleaned(meta.name.as_deref()))
                .filter(|name| !name.is_empty())
                .unwrap_or(cleaned(meta.company.as_deref())),
            identifier: cleaned(meta.client_id.as_deref()),
            phone: cleaned(meta.phone.as_deref()),
        }
    }

    pub(super) const fn of_unreadable(id: &'a str) -> Self {
        Self { id, email: "", name: "", identifier: "", phone: "" }
    }

    /// Writes the folded text that is searched: the fields in the order of [`super::order::SortKey::field`], and the
    /// PID.
    pub(super) fn fold(&self, kind: Kind, out: &mut String) {
        out.clear();
        for text in [self.email, self.name, self.identifier] {
            fold_into(out, text);
            out.push('\n');
        }
        digits_into(out, self.phone);
        out.push('\n');
        if matches!(kind, Kind::Client) {
            fold_into(out, self.id);
            out.push('\n');
        }
    }

    const fn all(&self) -> [&'a str; TEXTS] {
        [self.email, self.name, self.identifier, self.phone]
    }
}

/// Trims and truncates.
fn cleaned(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default().trim();
    &text[..text.floor_char_boundary(MAX_TEXT)]
}

/// `None` if the numbers are too large to add.
pub(super) fn row_balance(balance: &ClientBalance, currency: u16) -> Option<RowBalance> {
    let total = balance.base.0.checked_add(balance.bonus.0)?;
    let outlook = Outlook::of_days(balance.lasts_days);
    Some(RowBalance { total: Amount(total), bonus: balance.bonus, currency, outlook })
}

impl Row {
    pub(super) fn new(kind: Kind, texts: &RowTexts<'_>, facts: Facts) -> Self {
        let mut end = 0;
        let ends = texts.all().map(|text| {
            end += text.len() as u16;
            end
        });
        let text = [texts.email, texts.name, texts.identifier, texts.phone, texts.id].concat();
        Self { kind, text: text.into(), ends, facts }
    }

    pub(super) fn has_texts(&self, texts: &RowTexts<'_>) -> bool {
        texts.all().into_iter().enumerate().all(|(at, text)| self.text(at) == text)
    }

    pub(super) fn id(&self) -> &str {
        &self.text[usize::from(self.ends[TEXTS - 1])..]
    }

    pub(super) fn text(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start.into()..self.ends[at].into()]
    }
}
