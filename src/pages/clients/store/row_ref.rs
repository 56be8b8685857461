//! Read access to one row of the store.

use partner_api::{Amount, UnixTime, invitation::Delivery, rules::ClientState};

use super::{
    RowKey,
    row::{EMAIL, IDENTIFIER, Kind, NAME, PHONE, Row},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance<'a> {
    /// The balance of the personal account plus the bonuses.
    pub total: Amount,
    /// The part of the total that is bonuses.
    pub bonus: Amount,
    /// The ISO 4217 code of the currency.
    pub currency: &'a str,
}

#[derive(Clone, Copy, Debug)]
pub struct RowRef<'a> {
    pub(super) row: &'a Row,
    pub(super) key: RowKey,
    pub(super) state: ClientState,
    pub(super) currencies: &'a [Box<str>],
}

impl<'a> RowRef<'a> {
    pub const fn key(&self) -> RowKey {
        self.key
    }

    /// The state of the client or invitation. An invitation whose expiry date passes becomes expired only at the next
    /// [`ClientStore::expire`](super::ClientStore::expire) or when it is loaded again.
    pub const fn state(&self) -> ClientState {
        self.state
    }

    /// The PID of a client, if it is readable. `None` for an invitation.
    pub fn pid(&self) -> Option<&'a str> {
        matches!(self.row.kind, Kind::Client).then(|| self.row.id())
    }

    /// The id of an invitation, if it is readable. `None` for a client.
    pub fn iid(&self) -> Option<&'a str> {
        matches!(self.row.kind, Kind::Invitation).then(|| self.row.id())
    }

    /// The PID of a client or the id of an invitation. Empty if the row has neither.
    pub fn id(&self) -> &'a str {
        self.pid().or(self.iid()).unwrap_or_default()
    }

    /// The email or, if the row has no email, the id. Empty if the row has neither.
    pub fn label(&self) -> &'a str {
        self.email().unwrap_or(self.id())
    }

    /// The email with which a client signs in, or to which an invitation was sent.
    pub fn email(&self) -> Option<&'a str> {
        self.text(EMAIL)
    }

    /// The name of the owner, or else the company, or else the title of the project. An invitation has no title.
    pub fn name(&self) -> Option<&'a str> {
        self.text(NAME)
    }

    /// The partner's own number for the client.
    pub fn identifier(&self) -> Option<&'a str> {
        self.text(IDENTIFIER)
    }

    /// The phone number as the API returned it, without surrounding white space.
    pub fn phone(&self) -> Option<&'a str> {
        self.text(PHONE)
    }

    /// The balance. `None` if the API did not return a balance, or if its parts are too large to add.
    pub fn balance(&self) -> Option<Balance<'a>> {
        let balance = self.row.facts.balance?;
        let currency = self.currencies.get(usize::from(balance.currency)).map_or("", |code| &**code);
        Some(Balance { total: balance.total, bonus: balance.bonus, currency })
    }

    /// Time at which the client or invitation was created.
    pub const fn added(&self) -> Option<UnixTime> {
        self.row.facts.added
    }

    /// Time at which the invitation expires.
    pub fn expires_at(&self) -> Option<UnixTime> {
        self.row.facts.expires_at()
    }

    /// Time at which the latest email of the invitation was sent.
    pub fn sent_at(&self) -> Option<UnixTime> {
        self.row.facts.email.as_ref()?.sent_at
    }

    /// Delivery status of the latest email of the invitation. `None` if the API did not return it.
    pub fn delivery(&self) -> Option<Delivery> {
        self.row.facts.email.as_ref()?.delivery
    }

    fn text(&self, at: usize) -> Option<&'a str> {
        Some(self.row.text(at)).filter(|text| !text.is_empty())
    }
}
