//! The palette: a few letters of a client or of an action, and Enter.

use leptos::{ev, prelude::*};

use crate::{
    browser::lowercase::lowercase,
    i18n::use_i18n,
    pages::clients::{
        ClientsState,
        dialogs::confirm::Asked,
        store::{RowKey, ViewQuery, Viewer},
    },
    routes::{Page, href, use_navigation},
    session::permissions::Permission,
    ui::{
        dialog::Dialog,
        icon::Icon,
        live::{live, live_maybe, live_true},
    },
};

/// Most clients that are offered: who sees more types another letter.
const MOST: usize = 8;
const LIST: &str = "palette-list";

/// Something that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    AddMany,
    Refresh,
    Keys,
    Client(RowKey),
}

/// The dialog: a combobox over its list (APG).
#[component]
pub fn Palette() -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let navigation = use_navigation();
    let i18n = use_i18n();
    let text = i18n.text;
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let viewer = StoredValue::new(Viewer::default());
    let actions = [
        (Choice::AddMany, text.add().many_title, "plus"),
        (Choice::Refresh, i18n.text.clients().refresh, "refresh-cw"),
        (Choice::Keys, text.keyboard().keys_title, "info"),
    ];
    let choices = Memo::new(move |_| {
        let typed = typed.get();
        let wanted = lowercase(typed.trim());
        let fitting = actions.iter().filter(|(_, label, _)| lowercase(label).contains(&wanted));
        let may_invite = state.session.refusal(Permission::Invite).is_none();
        let fitting = fitting.map(|(choice, ..)| *choice).filter(|choice| *choice != Choice::AddMany || may_invite);
        let query = ViewQuery { search: typed, ..ViewQuery::default() };
        let keys = state
            .store
            .with(|store| viewer.try_update_value(|viewer| viewer.view(store, &query).keys).unwrap_or_default());
        let clients = keys.iter().take(MOST).map(|key| Choice::Client(*key));
        // Somebody who has typed looks for a client first.
        if wanted.is_empty() { fitting.chain(clients).collect::<Vec<_>>() } else { clients.chain(fitting).collect() }
    });
    let close = Callback::new(move |()| state.asked.set(None));
    let choose = move |choice: Choice| {
        close.run(());
        match choice {
            Choice::AddMany => state.asked.set(Some(Asked::Many)),
            Choice::Refresh => state.refresh(),
            Choice::Keys => state.asked.set(Some(Asked::Keys)),
            Choice::Client(key) => {
                let (pid, email) = state.store.with_untracked(|store| {
                    let row = store.row(key);
                    (
                        row.as_ref().and_then(|row| row.pid()).map(str::to_owned),
                        row.as_ref().and_then(|row| row.email()).unwrap_or_default().to_owned(),
                    )
                });
                match pid {
                    Some(pid) => navigation.go(&href(i18n.locale, &Page::balance(pid), "")),
                    // An invitation has no page: the list shows it alone.
                    None => state.query.update(|query| query.search = email),
                }
            }
        }
    };
    let last = move || choices.with_untracked(Vec::len).saturating_sub(1);
    let on_keydown = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = if *at >= last() { 0 } else { *at + 1 }),
            "ArrowUp" => at.update(|at| *at = at.checked_sub(1).unwrap_or_else(last)),
            "Enter" if !event.is_composing() => {
                if let Some(choice) = choices.with_untracked(|all| all.get(at.get_untracked()).copied()) {
                    choose(choice);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(index, choice): (usize, Choice)| {
        let (icon, words, name) = match choice {
            Choice::Client(key) => {
                let name = state.store.with_untracked(|store| store.row(key)?.name().map(str::to_owned));
                ("user", state.label(key), name)
            }
            action => {
                let known = actions.iter().find(|(it, ..)| *it == action);
                known.map_or_else(Default::default, |(_, label, icon)| (*icon, (*label).to_owned(), None))
            }
        };
        view! {
            <li role="option" id=format!("{LIST}-{index}") class="palette-option"
                aria-selected=live_true(move || at.get() == index)
                on:pointermove=move |_| at.set(index)
                on:click=move |_| choose(choice)>
                <Icon name=icon />
                <bdi>{words}</bdi>
                {name.map(|name| view! { <bdi class="palette-name">{name}</bdi> })}
            </li>
        }
    };
    let current = move || (!choices.with(Vec::is_empty)).then(|| format!("{LIST}-{}", at.get()));
    view! {
        <Dialog title=Signal::stored(text.keyboard().palette_title.to_owned()) close_label=i18n.text.common().close on_close=close>
            <div class="dialog-body">
                <input
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    aria-label=text.keyboard().palette_label
                    placeholder=text.keyboard().palette_label
                    aria-expanded="true"
                    aria-controls=LIST
                    aria-autocomplete="list"
                    aria-activedescendant=live_maybe(current)
                    prop:value=move || typed.get()
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        at.set(0);
                    }
                    on:keydown=on_keydown
                />
                <ul id=LIST role="listbox" class="palette-list" aria-label=text.keyboard().palette_title>
                    {live(move || choices.get().into_iter().enumerate().map(option).collect_view())}
                </ul>
                <p role="status" class="field-hint">
                    {live(move || choices.with(Vec::is_empty).then_some(i18n.text.clients().nothing_title))}
                </p>
            </div>
        </Dialog>
    }
}
