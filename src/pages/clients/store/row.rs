//! One row of the client list: a client, an invitation, or an entry that the app cannot read.

use partner_api::{Amount, Client, Invitation, UnixTime, client::ClientBalance, invitation::Delivery};

use super::fold::{digits_into, fold_into};

/// The kind of a row. Kind and id together identify the row when the list is refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Client,
    Invitation,
    /// A client without a readable PID. The id of the row is a running number, because the client has no id.
    NamelessClient,
    /// An invitation that the app cannot read. The id of the row is a running number, because the invitation has no id.
    NamelessInvitation,
}

impl Kind {
    pub(super) const fn is_invitation(self) -> bool {
        matches!(self, Self::Invitation | Self::NamelessInvitation)
    }
}

/// A row in memory. All texts of a row share one allocation to save memory, because there may be 100,000 rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// The texts of the row, followed by the id, in one string.
    text: Box<str>,
    ends: [u16; TEXTS],
    pub(super) facts: Facts,
}

/// Number of texts of a row. The id does not count.
const TEXTS: usize = 4;
pub(super) const EMAIL: usize = 0;
pub(super) const NAME: usize = 1;
pub(super) const IDENTIFIER: usize = 2;
pub(super) const PHONE: usize = 3;
/// Maximum length of a text in bytes. It is much larger than the limits of the API. Longer texts are truncated.
const MAX_TEXT: usize = 8_000;

/// The balance, the dates and the email data of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) balance: Option<RowBalance>,
    pub(super) added: Option<UnixTime>,
    /// Data about the invitation email. Boxed to save memory, because most rows are clients and have no such data.
    pub(super) email: Option<Box<EmailFacts>>,
}

/// Expiry date of an invitation, and data about its latest email.
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

/// A balance. The currency is an index into `ClientStore::currencies`, because many rows share a few currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowBalance {
    pub(super) total: Amount,
    pub(super) bonus: Amount,
    pub(super) currency: u16,
    pub(super) outlook: Outlook,
}

/// Whether a balance runs out soon. The quick filter needs no more detail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Outlook {
    /// The API returned no balance, or did not return how long the balance lasts, for example because the client spends
    /// nothing.
    #[default]
    Unknown,
    /// The balance lasts longer than [`SOON_DAYS`] days.
    Lasts,
    /// The balance lasts at most [`SOON_DAYS`] days, or is used up.
    RunsOut,
}

/// A balance runs out soon if it lasts at most this number of days.
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

/// The texts of a row, borrowed from a reply of the API. Missing texts are empty.
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

    /// Writes the folded text of the row, which the search uses: the fields in the order of
    /// [`super::order::SortKey::field`], and then the PID of a client.
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

/// Removes white space at both ends, and truncates the text to [`MAX_TEXT`] bytes.
fn cleaned(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default().trim();
    &text[..text.floor_char_boundary(MAX_TEXT)]
}

/// Converts a balance of the API. `None` if the two parts of the balance are too large to add.
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
