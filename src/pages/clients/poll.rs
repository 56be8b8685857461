//! Polls the invitations while the list is open and the user is active, so that a client who accepts an invitation
//! appears soon.

use std::{collections::HashSet, time::Duration};

use leptos::{ev, prelude::*};
use partner_api::{
    ListInvitations,
    endpoint::{Empty, PartnerPath},
    invitation::{Delivery, Invitations},
};

use super::{state::ClientsState, store::ClientStore};
use crate::browser::{clock::now, events::on_window};

/// Polling interval while an invitation email is being delivered. It is short, because a delivery usually takes only
/// seconds.
const INTERVAL: Duration = Duration::from_secs(5);
/// If no email is being delivered, only every sixth interval sends a request, which is once in 30 seconds.
const SLOW_EVERY: u32 = 6;
/// Polling pauses when the user has been idle for this long. Every call extends the session, so endless polling would
/// keep an unused session from expiring.
const IDLE_MILLIS: i64 = 10 * 60 * 1000;

/// A component without content. While mounted, it polls if the tab is visible, the user is active, and the list has an
/// invitation.
#[component]
pub fn InvitationPoller() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let active_at = StoredValue::new(now().millis);
    on_window(ev::pointermove, move |_| active_at.set_value(now().millis));
    on_window(ev::keydown, move |_| active_at.set_value(now().millis));
    let (ticks, is_polling) = (StoredValue::new(0_u32), StoredValue::new(false));
    let tick = move || {
        ticks.update_value(|ticks| *ticks = ticks.wrapping_add(1));
        let is_user_active = !document().hidden() && now().millis - active_at.get_value() < IDLE_MILLIS;
        let is_due = if ticks.get_value().is_multiple_of(SLOW_EVERY) { has_invitation } else { has_email_in_delivery };
        if is_user_active
            && !is_polling.get_value()
            && !state.is_refreshing().get_untracked()
            && state.store().with_untracked(is_due)
        {
            is_polling.set_value(true);
            leptos::task::spawn_local(async move {
                poll(state).await;
                _ = is_polling.try_set_value(false);
            });
        }
    };
    let timer = set_interval_with_handle(tick, INTERVAL).ok();
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}

/// Requests all invitations. If an invitation is missing from the reply, a client may have accepted it, so the function
/// loads the whole list again.
async fn poll(state: ClientsState) {
    let path = PartnerPath { pid: state.session().pid() };
    // Ignore errors: the user did not start this call, and the next poll may succeed.
    let Ok(all) = state.session().get::<ListInvitations>(&path, &Empty {}).await else { return };
    if state.is_refreshing().try_get_untracked() != Some(false) {
        return;
    }
    if state.store().with_untracked(|store| has_disappeared(store, &all)) {
        state.refresh();
    } else {
        state.replace_invitations(all);
    }
}

fn has_invitation(store: &ClientStore) -> bool {
    store.rows().any(|row| row.iid().is_some())
}

fn has_email_in_delivery(store: &ClientStore) -> bool {
    store.rows().any(|row| row.delivery() == Some(Delivery::Waiting))
}

/// Whether the store has an invitation that is missing from `all`, the current reply of the API.
fn has_disappeared(store: &ClientStore, all: &Invitations) -> bool {
    let listed: HashSet<&str> = all.invitations.iter().map(|invitation| invitation.iid.as_str()).collect();
    store.rows().filter_map(|row| row.iid()).any(|iid| !listed.contains(iid))
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
    fn an_email_is_polled_often_until_it_is_delivered() {
        let mut store = ClientStore::new();
        let email = |delivery| {
            let invitation = Invitation { iid: "a".to_owned(), delivery: Some(delivery), ..Invitation::default() };
            Invitations { invitations: vec![invitation], unreadable: 0 }
        };
        store.replace_invitations(email(Delivery::Waiting), UnixTime::default());
        assert!(has_email_in_delivery(&store));
        store.replace_invitations(email(Delivery::Delivered), UnixTime::default());
        assert!(!has_email_in_delivery(&store) && has_invitation(&store));
    }

    #[test]
    fn an_invitation_that_disappears_is_noticed_and_a_new_one_is_not() {
        let mut store = ClientStore::new();
        assert!(!has_invitation(&store));
        store.replace_invitations(list(&["a", "b"]), UnixTime::default());
        assert!(has_invitation(&store));
        assert!(!has_disappeared(&store, &list(&["b", "a"])));
        assert!(!has_disappeared(&store, &list(&["a", "b", "c"])));
        assert!(has_disappeared(&store, &list(&["b", "c"])));
    }
}
