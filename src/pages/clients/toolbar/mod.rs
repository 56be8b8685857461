//! The bars above the list: the toolbar, the search field, the quick filters, and the selection bar.
//!
//! This file contains the toolbar: *select all*, *Add*, the operations, *Refresh*, and the sort order.

mod filters;
mod search;
mod selection_bar;

use leptos::prelude::*;
use partner_api::rules::allowed;

pub use self::{filters::QuickFilters, search::Search, selection_bar::SelectionBar};
use super::{
    bulk::actions::{ACTIONS, ClientAction},
    list::columns,
    state::{ClientsState, Dialog},
    store::{SortKey, ViewQuery},
};
use crate::{
    i18n::{format::fill, use_i18n},
    session::permissions::Permission,
    ui::{
        icon::Icon,
        menu::{MenuButton, MenuItem},
        selection::HeaderState,
    },
};

/// Whether the selection contains clients, invitations, or both.
#[derive(Clone, Copy, PartialEq, Eq)]
struct SelectedKinds {
    has_clients: bool,
    has_invitations: bool,
}

#[component]
pub fn Toolbar() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    // Hide operations that never apply to the selected kinds of rows. Otherwise the toolbar could wrap onto a second
    // line and move the list while the user is clicking in it.
    let kinds = Memo::new(move |_| {
        state.store().with(|store| {
            state.selection().with(|selection| {
                let has = |is_invitation: bool| {
                    let mut rows = selection.iter().filter_map(|key| store.row(key));
                    rows.any(|row| row.state().is_invitation() == is_invitation)
                };
                SelectedKinds { has_clients: has(false), has_invitations: has(true) }
            })
        })
    });
    let buttons = ACTIONS
        .iter()
        .map(|action| {
            let is_shown = move || {
                let SelectedKinds { has_clients, has_invitations } = kinds.get();
                if action.is_for_invitations() { has_invitations } else { has_clients || !has_invitations }
            };
            move || is_shown().then(|| view! { <ActionButton action /> })
        })
        .collect_view();
    let has_only_invitations = move || kinds.with(|kinds| kinds.has_invitations && !kinds.has_clients);
    view! {
        <div class="toolbar" role="toolbar" aria-label=text.column_actions>
            <SelectAllBox />
            <AddButton />
            <div class={"toolbar-actions"}>
                {buttons}
                {move || has_only_invitations().then(|| view! { <LinkButton /> })}
            </div>
            <span class={"toolbar-gap"}></span>
            <button
                type="button"
                class="button"
                data-mode="quiet"
                data-square
                aria-label=text.refresh
                title=text.refresh
                data-busy=move || state.is_refreshing().get()
                on:click=move |_| state.refresh()
            >
                <Icon name="refresh-cw" />
            </button>
            <SortMenu />
        </div>
    }
}

/// A button that opens *Add client*. If the user may not invite clients, the button is disabled and its tooltip says
/// why.
#[component]
pub fn AddButton() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let refusal = move || state.session().refusal(Permission::Invite).map(|refusal| refusal.text(i18n));
    let reason = Memo::new(move |_| refusal());
    view! {
        <button type="button" class="button" data-mode="primary"
            aria-disabled=move || reason.get().is_some().then_some("true")
            title=move || reason.get()
            on:click=move |_| if reason.get_untracked().is_none() { state.open(Dialog::Add) }
        >
            <Icon name="plus" />
            {i18n.text.clients().add}
        </button>
    }
}

/// A checkbox that selects or deselects all visible rows.
#[component]
fn SelectAllBox() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text.clients();
    let header = Memo::new(move |_| {
        state.view().with(|view| state.selection().with(|selection| selection.header(view.visible())))
    });
    view! {
        <label class="select-box">
            <input
                type="checkbox"
                class="checkbox"
                aria-label=text.select_all
                title=text.select_all
                prop:checked=move || header.get() == HeaderState::All
                prop:indeterminate=move || header.get() == HeaderState::Some
                on:change=move |_| state.toggle_all()
            />
        </label>
    }
}

#[component]
fn ActionButton(action: &'static ClientAction) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    // The reason why the button is disabled. `None` if the user may run the operation and at least one selected row
    // allows it.
    let reason = Memo::new(move |_| {
        if let Some(refusal) = state.session().refusal(Permission::Operation(action.operation)) {
            return Some(refusal.text(i18n).to_owned());
        }
        state.store().with(|store| {
            state.selection().with(|selection| {
                let mut misfit = None;
                for row in selection.iter().filter_map(|key| store.row(key)) {
                    match allowed(action.operation, row.state()) {
                        Ok(()) => return None,
                        Err(why) => misfit = Some(why),
                    }
                }
                Some(misfit.map_or_else(
                    || i18n.text.clients().misfit_nothing.to_owned(),
                    |misfit| i18n.misfit(misfit, selection.len()),
                ))
            })
        })
    });
    let on_press = Callback::new(move |()| state.open(Dialog::Confirm(action.operation, state.selected_keys())));
    tool_button((action.verb)(i18n.text), action.is_destructive, reason, on_press)
}

/// A toolbar button. It is disabled while `reason` has a value, and shows the reason as its tooltip.
fn tool_button(
    label: &'static str,
    is_destructive: bool,
    reason: Memo<Option<String>>,
    on_press: Callback<()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            data-mode=if is_destructive { "danger-quiet" } else { "" }
            aria-disabled=move || reason.with(Option::is_some).then_some("true")
            title=move || reason.get()
            on:click=move |_| if reason.with_untracked(Option::is_none) { on_press.run(()) }
        >
            {label}
        </button>
    }
    .into_any()
}

/// The button *Copy link*. It works for one invitation at a time, because each client needs a different link.
#[component]
fn LinkButton() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text.clients();
    let reason = Memo::new(move |_| {
        let count = state.selection().with(|selection| selection.len());
        let refusal = state.session().refusal(Permission::Link).map(|refusal| refusal.text(i18n));
        refusal.or((count != 1).then_some(text.link_of_one)).map(str::to_owned)
    });
    let on_press = Callback::new(move |()| {
        if let Some(key) = state.selected_keys().first() {
            state.open(Dialog::InvitationLink(*key));
        }
    });
    tool_button(text.menu_link, false, reason, on_press)
}

#[component]
fn SortMenu() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let current = move || state.query().with(|query| columns::name(query.sort)(text));
    let label = Signal::derive(move || fill(text.clients().sort_by, &[("by", current())]));
    let items = Callback::new(move |()| {
        let ViewQuery { sort, descending, .. } = state.query().get_untracked();
        let keys = SortKey::ALL.into_iter().map(|key| {
            let choose = Callback::new(move |()| state.sort_by(key));
            MenuItem::choice(columns::name(key)(text), key == sort, choose)
        });
        let orders = [false, true].into_iter().map(|order| {
            let choose = Callback::new(move |()| state.set_descending(order));
            let label = if order { text.clients().descending } else { text.clients().ascending };
            MenuItem { heading: (!order).then_some(""), ..MenuItem::choice(label, order == descending, choose) }
        });
        keys.chain(orders).collect()
    });
    view! {
        <MenuButton label items>
            <Icon name="arrow-down-up" />
            <span class="sort-name">{current}</span>
            <Icon name="chevron-down" />
        </MenuButton>
    }
}
