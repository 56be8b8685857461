//! The command palette: a dialog that finds clients and actions by a few letters.

use leptos::{ev, prelude::*};

use crate::{
    browser::lowercase::lowercase,
    i18n::use_i18n,
    pages::clients::{
        state::{ClientsState, Dialog as ClientsDialog},
        store::{RowKey, ViewQuery, Viewer},
    },
    routes::{Page, href, use_navigation},
    session::permissions::Permission,
    ui::{dialog::Dialog, icon::Icon},
};

/// The palette lists at most this many clients. Users can type another letter to find a client that is not listed.
const MAX_CLIENTS: usize = 8;
const LIST_ID: &str = "palette-list";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    AddMany,
    Refresh,
    KeyMap,
    Client(RowKey),
}

/// The command palette, built as a combobox with a listbox according to the ARIA Authoring Practices.
#[component]
pub fn Palette() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let navigation = use_navigation();
    let i18n = use_i18n();
    let (text, clients) = (i18n.text.keyboard(), i18n.text.clients());
    let typed = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let viewer = StoredValue::new(Viewer::default());
    let actions = [
        (Choice::AddMany, i18n.text.add().many_title, "plus"),
        (Choice::Refresh, clients.refresh, "refresh-cw"),
        (Choice::KeyMap, text.keys_title, "info"),
    ];
    let choices = Memo::new(move |_| {
        let typed = typed.get();
        let words = lowercase(typed.trim());
        let may_invite = state.session().refusal(Permission::Invite).is_none();
        let actions = actions.iter().filter(|(_, label, _)| lowercase(label).contains(&words));
        let actions = actions.map(|(choice, ..)| *choice).filter(|choice| *choice != Choice::AddMany || may_invite);
        let query = ViewQuery { search: typed, ..ViewQuery::default() };
        let keys = state
            .store()
            .with(|store| viewer.try_update_value(|viewer| viewer.view(store, &query).keys).unwrap_or_default());
        let clients = keys.iter().take(MAX_CLIENTS).map(|key| Choice::Client(*key));
        // Once the user has typed something, list clients before actions, because most searches are for clients.
        if words.is_empty() { actions.chain(clients).collect::<Vec<_>>() } else { clients.chain(actions).collect() }
    });
    let close = Callback::new(move |()| state.close_dialog());
    let choose = move |choice: Choice| {
        close.run(());
        match choice {
            Choice::AddMany => state.open(ClientsDialog::AddMany),
            Choice::Refresh => state.refresh(),
            Choice::KeyMap => state.open(ClientsDialog::KeyMap),
            Choice::Client(key) => {
                match state.with_row(key, |row| row.pid().map(str::to_owned)) {
                    Some(pid) => navigation.go(&href(i18n.locale, &Page::balance(pid), "")),
                    // Search the list for the email of an invitation, because invitations have no page to open.
                    None => state.search(state.with_row(key, |row| row.email().map(str::to_owned)).unwrap_or_default()),
                }
            }
        }
    };
    let last = move || choices.with_untracked(Vec::len).saturating_sub(1);
    let on_keydown = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => active.update(|at| *at = if *at >= last() { 0 } else { *at + 1 }),
            "ArrowUp" => active.update(|at| *at = at.checked_sub(1).unwrap_or_else(last)),
            "Enter" if !event.is_composing() => {
                if let Some(choice) = choices.with_untracked(|all| all.get(active.get_untracked()).copied()) {
                    choose(choice);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(index, choice): (usize, Choice)| {
        let (icon, label, name) = match choice {
            Choice::Client(key) => {
                let name = state.with_row(key, |row| row.name().map(str::to_owned));
                ("user", state.label(key), name)
            }
            action => {
                let known = actions.iter().find(|(it, ..)| *it == action);
                known.map_or_else(Default::default, |(_, label, icon)| (*icon, (*label).to_owned(), None))
            }
        };
        view! {
            <li role="option" id=format!("{LIST_ID}-{index}") class="palette-option"
                aria-selected=move || (active.get() == index).then_some("true")
                on:pointermove=move |_| active.set(index)
                on:click=move |_| choose(choice)>
                <Icon name=icon />
                <bdi>{label}</bdi>
                {name.map(|name| view! { <bdi class="palette-name">{name}</bdi> })}
            </li>
        }
    };
    let current = move || (!choices.with(Vec::is_empty)).then(|| format!("{LIST_ID}-{}", active.get()));
    view! {
        <Dialog title=Signal::stored(text.palette_title.to_owned()) close_label=i18n.text.common().close on_close=close>
            <div class="dialog-body">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    aria-label=text.palette_label
                    placeholder=text.palette_label
                    aria-expanded="true"
                    aria-controls=LIST_ID
                    aria-autocomplete="list"
                    aria-activedescendant=current
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        active.set(0);
                    }
                    on:keydown=on_keydown
                />
                <ul id=LIST_ID role="listbox" class="palette-list" aria-label=text.palette_title>
                    {move || choices.get().into_iter().enumerate().map(option).collect_view()}
                </ul>
                <p role="status" class="field-hint">
                    {move || choices.with(Vec::is_empty).then_some(clients.nothing_title)}
                </p>
            </div>
        </Dialog>
    }
}
