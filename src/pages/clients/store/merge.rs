//! Merges replies of the API into the store. Rows are matched by id, so that known rows keep their keys.

use partner_api::{Client, Invitation, UnixTime, client::ClientsPage, invitation::Invitations, rules::ClientState};

use super::{
    ClientStore, RowKey, hash,
    row::{EmailFacts, Facts, Kind, Row, RowBalance, RowTexts, row_balance},
};
use crate::ui::selection::Key;

/// The store reserves memory for at most this many rows, because the total that the server returns may be wrong.
const MAX_RESERVED: u32 = 200_000;

/// The changed texts of one merge. The store replaces them together, because each replacement copies the texts of all
/// rows.
#[derive(Default)]
struct Merge {
    texts: Vec<(u32, String)>,
    buffer: String,
}

impl ClientStore {
    /// Starts a listing of all clients. Call [`Self::add_clients`] for each page, and then [`Self::end_clients`].
    pub fn begin_clients(&mut self) {
        self.begin(false);
        self.nameless_clients = 0;
    }

    /// Adds or updates the clients of one page.
    pub fn add_clients(&mut self, page: ClientsPage) {
        let mut merge = Merge::default();
        self.reserve(page.clients.len(), page.total);
        for client in &page.clients {
            self.put_client(client, None, &mut merge);
        }
        for unreadable in &page.unreadable {
            self.put_unreadable_client(unreadable.pid.as_deref(), &mut merge);
        }
        self.finish(merge);
    }

    /// Ends a listing. Removes the clients that were on no page since [`Self::begin_clients`].
    pub fn end_clients(&mut self) {
        self.end(false);
    }

    /// Replaces all invitations of the store.
    pub fn replace_invitations(&mut self, all: Invitations, now: UnixTime) {
        self.begin(true);
        let mut merge = Merge::default();
        for invitation in &all.invitations {
            self.put_invitation(invitation, now, &mut merge);
        }
        for number in 0..all.unreadable {
            let id = number.to_string();
            let texts = RowTexts::of_unreadable(&id);
            self.put(Kind::NamelessInvitation, &texts, ClientState::Unreadable, Facts::default(), &mut merge);
        }
        self.finish(merge);
        self.end(true);
    }

    /// Adds or updates one client. If the reply has no balance, the client keeps the balance that the store already
    /// has.
    pub fn upsert_client(&mut self, client: &Client) {
        let mut merge = Merge::default();
        let known = self.client(&client.pid).and_then(|key| self.rows[key.index()].facts.balance);
        self.put_client(client, known, &mut merge);
        self.finish(merge);
    }

    pub fn upsert_invitation(&mut self, invitation: &Invitation, now: UnixTime) {
        let mut merge = Merge::default();
        self.put_invitation(invitation, now, &mut merge);
        self.finish(merge);
    }

    pub fn set_state(&mut self, key: RowKey, state: ClientState) {
        if let Some(Some(known)) = self.states.get_mut(key.index())
            && *known != state
        {
            *known = state;
            self.stamps.states += 1;
        }
    }

    pub fn remove(&mut self, key: RowKey) {
        if self.states.get_mut(key.index()).is_some_and(|state| state.take().is_some()) {
            self.len -= 1;
            self.stamps.states += 1;
        }
    }

    /// Marks invitations whose expiry date has passed.
    pub fn expire(&mut self, now: UnixTime) {
        for (row, state) in self.rows.iter().zip(&mut self.states) {
            if *state == Some(ClientState::Invited) && is_over(row.facts.expires_at(), now) {
                *state = Some(ClientState::InvitationExpired);
                self.stamps.states += 1;
            }
        }
    }

    fn put_client(&mut self, client: &Client, known: Option<RowBalance>, merge: &mut Merge) {
        if client.pid.trim().is_empty() {
            return self.put_unreadable_client(None, merge);
        }
        let balance =
            client.balance.as_ref().and_then(|balance| row_balance(balance, self.currency(&balance.currency)));
        let facts = Facts { balance: balance.or(known), added: client.ctime, ..Facts::default() };
        let state = ClientState::of_enabled(client.enabled);
        self.put(Kind::Client, &RowTexts::of_client(client), state, facts, merge);
    }

    fn put_unreadable_client(&mut self, pid: Option<&str>, merge: &mut Merge) {
        let number;
        let (kind, id) = match pid {
            Some(pid) if !pid.trim().is_empty() => (Kind::Client, pid),
            _ => {
                number = self.nameless_clients.to_string();
                self.nameless_clients += 1;
                (Kind::NamelessClient, number.as_str())
            }
        };
        self.put(kind, &RowTexts::of_unreadable(id), ClientState::Unreadable, Facts::default(), merge);
    }

    fn put_invitation(&mut self, invitation: &Invitation, now: UnixTime, merge: &mut Merge) {
        let Invitation { expires_at, sent_at, delivery, .. } = *invitation;
        let email = EmailFacts { expires_at, sent_at, delivery };
        let facts = Facts { balance: None, added: invitation.ctime, email: Some(email.into()) };
        let state = match is_over(invitation.expires_at, now) {
            true => ClientState::InvitationExpired,
            false => ClientState::Invited,
        };
        self.put(Kind::Invitation, &RowTexts::of_invitation(invitation), state, facts, merge);
    }

    fn put(&mut self, kind: Kind, texts: &RowTexts<'_>, state: ClientState, facts: Facts, merge: &mut Merge) {
        let Some(key) = self.find(kind, texts.id) else {
            texts.fold(kind, &mut merge.buffer);
            self.texts.push(&merge.buffer);
            return self.append(Row::new(kind, texts, facts), state);
        };
        let row = &mut self.rows[key as usize];
        let has_new_texts = !row.has_texts(texts);
        let has_new_facts = row.facts != facts;
        let former_state = self.states[key as usize].replace(state);
        self.is_listed[key as usize] = true;
        if has_new_texts {
            *row = Row::new(kind, texts, facts);
            texts.fold(kind, &mut merge.buffer);
            merge.texts.push((key, merge.buffer.clone()));
        } else {
            row.facts = facts;
        }
        self.outlooks[key as usize] = row.facts.outlook();
        self.stamps.facts += u64::from(has_new_facts);
        self.stamps.states += u64::from(former_state != Some(state));
        self.len += usize::from(former_state.is_none());
    }

    fn append(&mut self, row: Row, state: ClientState) {
        let key = self.rows.len() as u32;
        let hash = hash(row.kind, row.id());
        self.outlooks.push(row.facts.outlook());
        self.rows.push(row);
        self.states.push(Some(state));
        self.is_listed.push(true);
        self.keys.insert_unique(hash, key, |key| {
            let row = &self.rows[*key as usize];
            super::hash(row.kind, row.id())
        });
        self.len += 1;
        self.stamps.texts += 1;
        self.stamps.states += 1;
    }

    fn finish(&mut self, merge: Merge) {
        self.stamps.texts += u64::from(!merge.texts.is_empty());
        self.texts.replace(merge.texts);
    }

    fn begin(&mut self, invitations: bool) {
        for (row, is_listed) in self.rows.iter().zip(&mut self.is_listed) {
            *is_listed &= row.kind.is_invitation() != invitations;
        }
    }

    fn end(&mut self, invitations: bool) {
        for index in 0..self.rows.len() {
            if self.rows[index].kind.is_invitation() == invitations && !self.is_listed[index] {
                self.remove(RowKey::from_index(index));
            }
        }
    }

    /// Reserves memory for the whole list if the total number of rows is known, or else for one page. Without this,
    /// vectors double their size while they grow and waste memory that WebAssembly can never return to the browser.
    fn reserve(&mut self, listed: usize, total: Option<u32>) {
        let total = total.map_or(0, |total| total.min(MAX_RESERVED) as usize);
        let rows = total.max(listed).saturating_sub(self.rows.len());
        self.rows.reserve_exact(rows);
        // Reserve memory for the texts of one page only, until the first page shows how long texts are on average.
        self.texts.reserve(if self.texts.len() == 0 { listed } else { rows });
    }

    fn currency(&mut self, code: &str) -> u16 {
        let known = self.currencies.iter().position(|known| **known == *code);
        let index = known.unwrap_or_else(|| {
            self.currencies.push(code.into());
            self.currencies.len() - 1
        });
        index as u16
    }
}

fn is_over(expires_at: Option<UnixTime>, now: UnixTime) -> bool {
    expires_at.is_some_and(|end| end <= now)
}
