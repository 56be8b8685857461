//! The menu of a row. The menu button, a right click or the keyboard opens it.

use leptos::prelude::*;
use partner_api::rules::allowed;

use super::super::{
    bulk::actions::ACTIONS,
    state::{ClientsState, Dialog},
    store::RowKey,
};
use crate::{
    browser::clipboard::copy,
    i18n::{format::fill, use_i18n},
    routes::{Page, href},
    session::permissions::Permission,
    ui::{
        menu::{Act, Anchor, Menu, MenuItem},
        toast::Toasts,
    },
};

/// The row whose menu is open, and the position of that menu on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowMenuAt {
    pub key: RowKey,
    pub anchor: Anchor,
}

#[component]
pub fn RowMenu(menu: RwSignal<Option<RowMenuAt>>) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let (text, common) = (i18n.text.clients(), i18n.text.common());
    let open = move |dialog: Dialog| Act::Run(Callback::new(move |()| state.open(dialog.clone())));
    let reason =
        move |permission: Permission| state.session().refusal(permission).map(|refusal| refusal.text(i18n).to_owned());
    let items = move |key: RowKey| {
        let mut items = Vec::new();
        let Some((row_state, pid)) = state.with_row(key, |row| Some((row.state(), row.pid().map(str::to_owned))))
        else {
            return items;
        };
        if let Some(pid) = pid {
            let balance = href(i18n.locale, &Page::balance(pid.clone()), "");
            items.push(MenuItem::new(text.menu_balance, "wallet", Act::Go(balance)));
            let copy_pid = Callback::new(move |()| {
                let pid = pid.clone();
                leptos::task::spawn_local(async move {
                    if copy(&pid).await { toasts.success(common.copied) } else { toasts.failure(common.not_copied) }
                });
            });
            items.push(MenuItem::new(text.menu_copy_pid, "copy", Act::Run(copy_pid)));
            items.push(MenuItem {
                reason: reason(Permission::Identifier),
                ..MenuItem::new(text.menu_identifier, "pencil", open(Dialog::Identifier(key)))
            });
        } else if row_state.is_invitation() {
            items.push(MenuItem {
                reason: reason(Permission::Link),
                ..MenuItem::new(text.menu_link, "copy", open(Dialog::InvitationLink(key)))
            });
        }
        // List only operations that the state of the row allows. For example, a blocked client has Unblock instead of
        // Block.
        let fitting = ACTIONS.iter().filter(|action| allowed(action.operation, row_state).is_ok());
        items.extend(fitting.map(|action| {
            let act = open(Dialog::Confirm(action.operation, vec![key]));
            MenuItem {
                is_destructive: action.is_destructive,
                reason: reason(Permission::Operation(action.operation)),
                ..MenuItem::new(action.menu_label(i18n.text), action.icon, act)
            }
        }));
        items
    };
    move || {
        menu.get().map(|RowMenuAt { key, anchor }| {
            let items = items(key);
            let label = fill(text.actions_for, &[("client", &state.label(key))]);
            view! { <Menu label anchor items on_close=Callback::new(move |()| menu.set(None)) /> }
        })
    }
}
