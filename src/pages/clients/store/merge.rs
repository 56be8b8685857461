//! What the API sent, merged into the store by identity.

use partner_api::{Client, Invitation, UnixTime, client::ClientsPage, invitation::Invitations, rules::ClientState};

use super::{
    Changes, ClientStore, RowKey, hash,
    row::{Facts, KeptBalance, Kind, Letter, Row, RowTexts, kept_balance},
};
use crate::ui::selection::Key;

/// Room is made in advance for no more rows than these, whatever the server promises.
const MOST_EXPECTED: u32 = 200_000;

/// What one merge collects before it touches the folded texts, which are cheap to change together only.
#[derive(Default)]
struct Merge {
    changes: Changes,
    folded: Vec<(u32, String)>,
    buffer: String,
}

impl ClientStore {
    /// Replaces everything: rows that are in neither list leave.
    pub fn replace_all(&mut self, clients: ClientsPage, invitations: Invitations, now: UnixTime) -> Changes {
        self.replace_clients(clients).and(self.replace_invitations(invitations, now))
    }

    /// Replaces the clients: those that the list does not name leave.
    pub fn replace_clients(&mut self, all: ClientsPage) -> Changes {
        self.begin_clients();
        self.add_clients(all).and(self.end_clients())
    }

    /// Begins a listing of all clients, page by page.
    pub fn begin_clients(&mut self) {
        self.begin(false);
        self.nameless_clients = 0;
    }

    /// Adds or renews the clients of one page.
    pub fn add_clients(&mut self, page: ClientsPage) -> Changes {
        let mut merge = Merge::default();
        self.reserve(page.clients.len(), page.total);
        for client in &page.clients {
            self.put_client(client, None, &mut merge);
        }
        for unreadable in &page.unreadable {
            self.put_unreadable_client(unreadable.pid.as_deref(), &mut merge);
        }
        self.finish(merge)
    }

    /// Ends the listing: clients that no page named since [`Self::begin_clients`] leave.
    pub fn end_clients(&mut self) -> Changes {
        self.end(false)
    }

    /// Replaces the invitations: those that the list does not name leave.
    pub fn replace_invitations(&mut self, all: Invitations, now: UnixTime) -> Changes {
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
        self.finish(merge).and(self.end(true))
    }

    /// Adds or renews one client, for example after its identifier was changed. Calls about one client leave its
    /// balance out: the known one stays then.
    pub fn upsert_client(&mut self, client: &Client) -> Changes {
        let mut merge = Merge::default();
        let known = self.client(&client.pid).and_then(|key| self.rows[key.index()].facts.balance);
        self.put_client(client, known, &mut merge);
        self.finish(merge)
    }

    /// Adds or renews one invitation, for example after a resend.
    pub fn upsert_invitation(&mut self, invitation: &Invitation, now: UnixTime) -> Changes {
        let mut merge = Merge::default();
        self.put_invitation(invitation, now, &mut merge);
        self.finish(merge)
    }

    /// Sets the state of a row after a call that changed it. Whether that was news.
    pub fn set_state(&mut self, key: RowKey, state: ClientState) -> bool {
        match self.states.get_mut(key.index()) {
            Some(Some(known)) if *known != state => {
                *known = state;
                self.stamps.states += 1;
                true
            }
            _ => false,
        }
    }

    /// Removes a row, for example after it was detached or revoked. Whether it was there.
    pub fn remove(&mut self, key: RowKey) -> bool {
        let there = self.states.get_mut(key.index()).is_some_and(|state| state.take().is_some());
        if there {
            self.len -= 1;
            self.stamps.states += 1;
        }
        there
    }

    /// Marks the invitations whose letter has stopped working by now.
    pub fn expire(&mut self, now: UnixTime) -> Changes {
        let mut changes = Changes::default();
        for (index, state) in self.states.iter_mut().enumerate() {
            if *state == Some(ClientState::Invited) && is_over(self.rows[index].facts.expires_at(), now) {
                *state = Some(ClientState::InvitationExpired);
                changes.changed.push(RowKey::from_index(index));
            }
        }
        self.stamps.states += u64::from(!changes.is_empty());
        changes
    }

    fn put_client(&mut self, client: &Client, known: Option<KeptBalance>, merge: &mut Merge) {
        if client.pid.trim().is_empty() {
            return self.put_unreadable_client(None, merge);
        }
        let balance =
            client.balance.as_ref().and_then(|balance| kept_balance(balance, self.currency(&balance.currency)));
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
        let letter = Letter { expires_at, sent_at, delivery };
        let facts = Facts { balance: None, added: invitation.ctime, letter: Some(letter.into()) };
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
            merge.changes.added.push(self.append(Row::new(kind, texts, facts), state));
            return;
        };
        let row = &mut self.rows[key as usize];
        let has_new_texts = !row.has_texts(texts);
        let has_new_facts = row.facts != facts;
        let was = self.states[key as usize].replace(state);
        self.listed[key as usize] = true;
        if has_new_texts {
            *row = Row::new(kind, texts, facts);
            texts.fold(kind, &mut merge.buffer);
            merge.folded.push((key, merge.buffer.clone()));
        } else {
            row.facts = facts;
        }
        self.outlooks[key as usize] = row.facts.outlook();
        self.stamps.facts += u64::from(has_new_facts);
        self.stamps.states += u64::from(was != Some(state));
        if was.is_none() {
            self.len += 1;
            merge.changes.added.push(RowKey(key));
        } else if has_new_texts || has_new_facts || was != Some(state) {
            merge.changes.changed.push(RowKey(key));
        }
    }

    fn append(&mut self, row: Row, state: ClientState) -> RowKey {
        let key = self.rows.len() as u32;
        let hash = hash(row.kind, row.id());
        self.outlooks.push(row.facts.outlook());
        self.rows.push(row);
        self.states.push(Some(state));
        self.listed.push(true);
        self.keys.insert_unique(hash, key, |key| {
            let row = &self.rows[*key as usize];
            super::hash(row.kind, row.id())
        });
        self.len += 1;
        self.stamps.texts += 1;
        self.stamps.states += 1;
        RowKey(key)
    }

    fn finish(&mut self, merge: Merge) -> Changes {
        self.stamps.texts += u64::from(!merge.folded.is_empty());
        self.texts.replace(merge.folded);
        merge.changes
    }

    fn begin(&mut self, invitations: bool) {
        for (row, listed) in self.rows.iter().zip(&mut self.listed) {
            *listed &= row.kind.is_invitation() != invitations;
        }
    }

    fn end(&mut self, invitations: bool) -> Changes {
        let gone = |index: &usize| self.rows[*index].kind.is_invitation() == invitations && !self.listed[*index];
        let gone: Vec<RowKey> = (0..self.rows.len()).filter(gone).map(RowKey::from_index).collect();
        Changes { removed: gone.into_iter().filter(|key| self.remove(*key)).collect(), ..Changes::default() }
    }

    /// Makes room for a page, and for the whole list where its length is known: the browser never gets memory back, so
    /// growing by doubling would keep twice of it.
    fn reserve(&mut self, listed: usize, total: Option<u32>) {
        let total = total.map_or(0, |total| total.min(MOST_EXPECTED) as usize);
        let rows = total.max(listed).saturating_sub(self.rows.len());
        self.rows.reserve_exact(rows);
        // How long texts are shows on the first page.
        self.texts.reserve(if self.texts.len() == 0 { listed } else { rows });
    }

    fn currency(&mut self, code: &str) -> u16 {
        let known = self.currencies.iter().position(|known| **known == *code);
        let at = known.unwrap_or_else(|| {
            self.currencies.push(code.into());
            self.currencies.len() - 1
        });
        at as u16
    }
}

fn is_over(expires_at: Option<UnixTime>, now: UnixTime) -> bool {
    expires_at.is_some_and(|end| end <= now)
}
