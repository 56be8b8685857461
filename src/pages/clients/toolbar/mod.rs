//! Toolbar, quick filters and selection bar above the list.

use leptos::prelude::*;
use partner_api::rules::allowed;

pub mod selection_bar;

use super::{
    bulk::actions::{ACTIONS, ClientAction},
    dialogs::confirm::Asked,
    list::columns,
    query,
    state::ClientsState,
    store::{QuickFilter, SortKey, ViewQuery},
};
use crate::{
    i18n::{format::fill, use_i18n},
    routes::{Page, href},
    session::permissions::Permission,
    ui::{
        icon::Icon,
        live::{live, live_flag, live_maybe, live_text, live_true, live_word},
        menu::{MenuButton, MenuItem},
        selection::HeaderState,
    },
};

/// What is selected.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kinds {
    has_clients: bool,
    has_invitations: bool,
}

/// Header box, Add, Block, Unblock, Delete; refresh and order at the right.
#[component]
pub fn Toolbar(
    /// Opens *Add client*.
    on_add: Callback<()>,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    // What nothing that is selected could ever have is left out: a row of buttons that became two would move the list away
    // from under the pointer.
    let kinds = Memo::new(move |_| {
        state.store.with(|store| {
            state.selection.with(|selection| {
                let of_kind = |is_invitation: bool| {
                    let mut rows = selection.iter().filter_map(|key| store.row(key));
                    rows.any(|row| row.state().is_invitation() == is_invitation)
                };
                Kinds { has_clients: of_kind(false), has_invitations: of_kind(true) }
            })
        })
    });
    let buttons = ACTIONS
        .iter()
        .map(|action| {
            let is_shown = move || {
                let Kinds { has_clients, has_invitations } = kinds.get();
                if action.is_for_invitations() { has_invitations } else { has_clients || !has_invitations }
            };
            view! { {live(move || is_shown().then(|| view! { <ActionButton action /> }))} }
        })
        .collect_view();
    let is_of_invitations = move || kinds.with(|kinds| kinds.has_invitations && !kinds.has_clients);
    view! {
        <div class="toolbar" role="toolbar" aria-label=text.clients().column_actions>
            <HeaderBox />
            <AddButton on_add />
            <div class={"toolbar-actions"}>
                {buttons}
                {live(move || is_of_invitations().then(|| view! { <LinkButton /> }))}
            </div>
            <span class={"toolbar-gap"}></span>
            <button
                type="button"
                class="button"
                data-mode="quiet"
                data-square
                aria-label=text.clients().refresh
                title=text.clients().refresh
                data-busy=live_flag(move || state.is_refreshing.get())
                on:click=move |_| state.refresh()
            >
                <Icon name="refresh-cw" />
            </button>
            <SortMenu />
        </div>
    }
}

/// Opens *Add client*; off, with its reason, where that is not possible.
#[component]
pub fn AddButton(
    /// Opens it.
    on_add: Callback<()>,
) -> impl IntoView {
    let session = expect_context::<ClientsState>().session;
    let i18n = use_i18n();
    let reason = Memo::new(move |_| session.refusal(Permission::Invite).map(|refusal| refusal.text(i18n)));
    view! {
        <button type="button" class="button" data-mode="primary"
            aria-disabled=live_true(move || reason.get().is_some())
            title=live_word(move || reason.get())
            on:click=move |_| if reason.get_untracked().is_none() { on_add.run(()) }
        >
            <Icon name="plus" />
            {i18n.text.clients().add}
        </button>
    }
}

/// Takes all rows that match the view, or lets them go.
#[component]
fn HeaderBox() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let header =
        Memo::new(move |_| state.view.with(|view| state.selection.with(|selection| selection.header(view.visible()))));
    view! {
        <label class="select-box">
            <input
                type="checkbox"
                class="checkbox"
                aria-label=text.clients().select_all
                title=text.clients().select_all
                prop:checked=move || header.get() == HeaderState::All
                prop:indeterminate=move || header.get() == HeaderState::Some
                on:change=move |_| state.select_all()
            />
        </label>
    }
}

#[component]
fn ActionButton(action: &'static ClientAction) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    // Why the button is off, if it is.
    let reason = Memo::new(move |_| {
        if let Some(refusal) = state.session.refusal(Permission::Operation(action.operation)) {
            return Some(refusal.text(i18n).to_owned());
        }
        state.store.with(|store| {
            state.selection.with(|selection| {
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
    let ask = Callback::new(move |()| {
        let keys = state.selected();
        state.asked.set(Some(Asked::Operation(action.operation, keys)));
    });
    tool((action.verb)(i18n.text), action.is_destructive, reason, ask)
}

/// A button of the toolbar; off while there is a reason.
fn tool(verb: &'static str, is_destructive: bool, reason: Memo<Option<String>>, ask: Callback<()>) -> AnyView {
    view! {
        <button
            type="button"
            class="button"
            data-mode=if is_destructive { "danger-quiet" } else { "" }
            aria-disabled=live_true(move || reason.with(Option::is_some))
            title=live_maybe(move || reason.get())
            on:click=move |_| if reason.with_untracked(Option::is_none) { ask.run(()) }
        >
            {verb}
        </button>
    }
    .into_any()
}

/// Makes a link to hand over: for one invitation at a time, as each link is its client's alone.
#[component]
fn LinkButton() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let reason = Memo::new(move |_| {
        let count = state.selection.with(|selection| selection.len());
        let refused = state.session.refusal(Permission::Link).map(|refusal| refusal.text(i18n));
        refused.or((count != 1).then_some(text.clients().link_of_one)).map(str::to_owned)
    });
    let ask = Callback::new(move |()| state.asked.set(state.selected().first().map(|key| Asked::Link(*key))));
    tool(text.clients().menu_link, false, reason, ask)
}

#[component]
fn SortMenu() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let text = use_i18n().text;
    let current = move || state.query.with(|query| columns::name(query.sort)(text));
    let label = Signal::derive(move || fill(text.clients().sort_by, &[("by", current())]));
    let items = Callback::new(move |()| {
        let ViewQuery { sort, descending, .. } = state.query.get_untracked();
        let keys = SortKey::ALL.into_iter().map(|key| {
            let choose = Callback::new(move |()| state.query.update(|query| query.sort = key));
            MenuItem::choice(columns::name(key)(text), key == sort, choose)
        });
        let orders = [false, true].into_iter().map(|order| {
            let choose = Callback::new(move |()| state.query.update(|query| query.descending = order));
            let label = if order { text.clients().descending } else { text.clients().ascending };
            MenuItem { heading: (!order).then_some(""), ..MenuItem::choice(label, order == descending, choose) }
        });
        keys.chain(orders).collect()
    });
    view! {
        <MenuButton label items>
            <Icon name="arrow-down-up" />
            <span class="sort-name">{live_word(move || Some(current()))}</span>
            <Icon name="chevron-down" />
        </MenuButton>
    }
}

/// Filters by state or balance with their counts; links, so that each is an address.
#[component]
pub fn QuickFilters() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let i18n = use_i18n();
    let text = i18n.text;
    let filter = |filter: QuickFilter| {
        let label = match filter {
            QuickFilter::All => text.clients().filter_all,
            QuickFilter::Active => text.clients().filter_active,
            QuickFilter::Blocked => text.clients().filter_blocked,
            QuickFilter::Invited => text.clients().filter_invited,
            QuickFilter::RunsOut => text.clients().filter_runs_out,
        };
        let address = move || {
            let view = ViewQuery { filter, ..state.query.get() };
            Some(href(i18n.locale, &Page::Clients, &query::write(&view)))
        };
        let is_current = move || state.query.with(|query| query.filter == filter);
        let count = move || i18n.number(state.view.with(|view| view.counts.of(filter)));
        // An API that does not say how long balances last has nothing to filter by.
        let is_hidden = move || {
            filter == QuickFilter::RunsOut && !is_current() && state.view.with(|view| view.counts.with_outlook == 0)
        };
        view! {
            <li hidden=live_flag(is_hidden)>
                <a class="filter" href=live_maybe(address) aria-current=live_true(is_current)>
                    {label} " " <span class="filter-count">{live_text(count)}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav aria-label=text.clients().filter>
            <ul class="filters">{QuickFilter::ALL.map(filter).collect_view()}</ul>
        </nav>
    }
}
