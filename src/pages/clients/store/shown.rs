//! A row as the page shows it, borrowed from the store.

use partner_api::{Amount, UnixTime, invitation::Delivery, rules::ClientState};

use super::{
    RowKey,
    row::{EMAIL, IDENTIFIER, Kind, NAME, Outlook, PHONE, Row},
};

/// What a client has: personal balance plus bonuses, and of which bonuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance<'a> {
    /// Personal account plus bonuses.
    pub total: Amount,
    /// Of which bonuses.
    pub bonus: Amount,
    /// ISO 4217 code.
    pub currency: &'a str,
}

/// A row, as the page shows it.
#[derive(Clone, Copy, Debug)]
pub struct RowRef<'a> {
    pub(super) row: &'a Row,
    pub(super) key: RowKey,
    pub(super) state: ClientState,
    pub(super) currencies: &'a [Box<str>],
}

impl<'a> RowRef<'a> {
    /// Identity of the row.
    pub const fn key(&self) -> RowKey {
        self.key
    }

    /// State of the row, by the time that the store was told last.
    pub const fn state(&self) -> ClientState {
        self.state
    }

    /// PID of a client's project; none for an invitation.
    pub fn pid(&self) -> Option<&'a str> {
        matches!(self.row.kind, Kind::Client).then(|| self.row.id())
    }

    /// Id of an invitation; none for a client.
    pub fn iid(&self) -> Option<&'a str> {
        matches!(self.row.kind, Kind::Invitation).then(|| self.row.id())
    }

    /// Login, or where the invitation went.
    pub fn email(&self) -> Option<&'a str> {
        self.text(EMAIL)
    }

    /// Name of the owner, else the company, else the project's title where somebody gave one.
    pub fn name(&self) -> Option<&'a str> {
        self.text(NAME)
    }

    /// What the partner calls the client.
    pub fn identifier(&self) -> Option<&'a str> {
        self.text(IDENTIFIER)
    }

    /// Telephone, as the API sent it.
    pub fn phone(&self) -> Option<&'a str> {
        self.text(PHONE)
    }

    /// Balance, where the API gave it.
    pub fn balance(&self) -> Option<Balance<'a>> {
        let kept = self.row.facts.balance?;
        let currency = self.currencies.get(usize::from(kept.currency)).map_or("", |code| &**code);
        Some(Balance { total: kept.total, bonus: kept.bonus, currency })
    }

    /// Whether the balance lasts seven days at most; `None` where nobody knows.
    pub fn runs_out(&self) -> Option<bool> {
        let outlook = self.row.facts.outlook();
        (outlook != Outlook::Unknown).then_some(outlook == Outlook::RunsOut)
    }

    /// When the client was created, or the invitation.
    pub const fn added(&self) -> Option<UnixTime> {
        self.row.facts.added
    }

    /// When the invitation's letter stops working.
    pub fn expires_at(&self) -> Option<UnixTime> {
        self.row.facts.expires_at()
    }

    /// When the invitation's newest letter was written.
    pub fn sent_at(&self) -> Option<UnixTime> {
        self.row.facts.letter.as_ref()?.sent_at
    }

    /// How far the invitation's newest letter is, where the API says.
    pub fn delivery(&self) -> Option<Delivery> {
        self.row.facts.letter.as_ref()?.delivery
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        Some(self.row.text(at)).filter(|text| !text.is_empty())
    }
}
