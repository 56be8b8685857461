//! Watches for invitations that are accepted while the list is open: the client is there within a minute, unasked.
//!
//! Fetched with the dialogs, see [`super::dialogs`]: the first page does without.

use std::{collections::HashSet, time::Duration};

use leptos::{ev, prelude::*};
use partner_api::{
    ListInvitations,
    endpoint::{Empty, PartnerPath},
    invitation::{Delivery, Invitations},
};

use super::{state::ClientsState, store::ClientStore};
use crate::browser::clock::now;

/// How often it may look: as often as that while a letter is on its way, which takes moments.
const TICK: Duration = Duration::from_secs(5);
/// Otherwise it looks every so many ticks.
const TICKS: u32 = 6;
/// It pauses when nobody has touched the page for so long: every call keeps the session alive, and a session that
/// nobody uses has to end.
const PATIENCE_MILLIS: i64 = 10 * 60 * 1000;

/// Draws nothing. Looks as long as it is mounted, the tab is visible, somebody is there and an invitation is pending.
#[component]
pub fn Watch() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let touched = StoredValue::new(now().millis);
    let moved = window_event_listener(ev::pointermove, move |_| touched.set_value(now().millis));
    let typed = window_event_listener(ev::keydown, move |_| touched.set_value(now().millis));
    let (ticks, is_looking) = (StoredValue::new(0_u32), StoredValue::new(false));
    let tick = move || {
        ticks.update_value(|ticks| *ticks = ticks.wrapping_add(1));
        let is_attended = !document().hidden() && now().millis - touched.get_value() < PATIENCE_MILLIS;
        let is_due = if ticks.get_value().is_multiple_of(TICKS) { has_pending } else { has_letter_on_its_way };
        if is_attended
            && !is_looking.get_value()
            && !state.is_refreshing.get_untracked()
            && state.store.with_untracked(is_due)
        {
            is_looking.set_value(true);
            leptos::task::spawn_local(async move {
                look(state).await;
                _ = is_looking.try_set_value(false);
            });
        }
    };
    let timer = set_interval_with_handle(tick, TICK).ok();
    on_cleanup(move || {
        moved.remove();
        typed.remove();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}

/// Invitations alone are cheap to ask for. When one is gone, the whole list is loaded again: there may be a client.
async fn look(state: ClientsState) {
    let path = PartnerPath { pid: state.session.pid() };
    // A failure says nothing: the next look may succeed, and what the partner does has its own words.
    let Ok(all) = state.session.get::<ListInvitations>(&path, &Empty {}).await else { return };
    if state.is_refreshing.try_get_untracked() != Some(false) {
        return;
    }
    if state.store.with_untracked(|store| has_others(store, &all)) {
        state.refresh();
    } else {
        state.store.update(|store| _ = store.replace_invitations(all, now()));
    }
}

fn has_pending(store: &ClientStore) -> bool {
    store.rows().any(|row| row.iid().is_some())
}

fn has_letter_on_its_way(store: &ClientStore) -> bool {
    store.rows().any(|row| row.delivery() == Some(Delivery::Waiting))
}

/// Whether the list has an invitation that the API no longer names.
fn has_others(store: &ClientStore, all: &Invitations) -> bool {
    let named: HashSet<&str> = all.invitations.iter().map(|invitation| invitation.iid.as_str()).collect();
    store.rows().filter_map(|row| row.iid()).any(|iid| !named.contains(iid))
}

#[cfg(test)]
mod tests {
    use partner_api::{Invitation, UnixTime};

    use super::*;

    fn list(iids: &[&str]) -> Invitations {
        let invitation = |iid: &&str| Invitation { iid: (*iid).to_owned(), ..Invitation::default() };
        Invitations { invitations: iids.iter().map(invitation).collect(), unreadable: 0 }
    }

    #[test]
    fn a_letter_on_its_way_is_looked_after_until_it_has_left() {
        let mut store = ClientStore::new();
        let letter = |delivery| {
            let invitation = Invitation { iid: "a".to_owned(), delivery: Some(delivery), ..Invitation::default() };
            Invitations { invitations: vec![invitation], unreadable: 0 }
        };
        store.replace_invitations(letter(Delivery::Waiting), UnixTime::default());
        assert!(has_letter_on_its_way(&store));
        store.replace_invitations(letter(Delivery::Delivered), UnixTime::default());
        assert!(!has_letter_on_its_way(&store) && has_pending(&store));
    }

    #[test]
    fn an_invitation_that_is_no_longer_named_is_noticed_and_a_new_one_is_not() {
        let mut store = ClientStore::new();
        assert!(!has_pending(&store));
        store.replace_invitations(list(&["a", "b"]), UnixTime::default());
        assert!(has_pending(&store));
        assert!(!has_others(&store, &list(&["b", "a"])));
        assert!(!has_others(&store, &list(&["a", "b", "c"])));
        assert!(has_others(&store, &list(&["b", "c"])));
    }
}
