//! *Identifier*: the partner's own number for a client, changed. Of two who change it at once, the later one is told.

use leptos::{ev, prelude::*};
use partner_api::{
    GetClient, SetClientIdentifier,
    client::ClientIdentifier,
    endpoint::{ClientPath, Empty},
    form::parse_text,
};

use super::super::{
    state::ClientsState,
    store::{RowKey, RowRef},
};
use crate::{
    api::{ApiError, ErrorKind},
    i18n::{format::fill, use_i18n},
    ui::{
        dialog::Dialog,
        field::{Field, focus},
        icon::Icon,
        live::{live, live_true},
        toast::Toasts,
    },
};

const FIELD: &str = "edit-identifier";

/// Why it was not saved.
#[derive(Clone)]
enum Refusal {
    /// Somebody else has changed it, to this.
    Changed(String),
    /// The call failed.
    Failed(ApiError),
}

/// The dialog.
#[component]
pub fn EditIdentifier(
    /// Of which client.
    key: RowKey,
) -> impl IntoView {
    let state = expect_context::<ClientsState>();
    let toasts = expect_context::<Toasts>();
    let i18n = use_i18n();
    let text = i18n.text;
    let of_row = |row: RowRef<'_>| (row.pid().map(str::to_owned), row.identifier().unwrap_or_default().to_owned());
    let (pid, seen) = state.store.with_untracked(|store| store.row(key).map(of_row)).unwrap_or_default();
    let path = ClientPath { pid: state.session.pid(), client_pid: pid? };
    let title = fill(text.client_dialogs().identifier_title, &[("client", &state.label(key))]);
    let value = RwSignal::new(seen.clone());
    // What is to be replaced: what stood here, or what somebody else has put there and the dialog has shown.
    let previous = StoredValue::new(seen);
    let (problem, refusal, is_busy) = (RwSignal::new(None), RwSignal::new(None::<Refusal>), RwSignal::new(false));
    let close = Callback::new(move |()| state.asked.set(None));
    let words = move |refusal: Refusal| match refusal {
        Refusal::Changed(now) if now.is_empty() => ("warning", text.client_dialogs().identifier_removed.to_owned()),
        Refusal::Changed(now) => ("warning", fill(text.client_dialogs().identifier_changed, &[("identifier", &now)])),
        // Setting it again changes nothing more.
        Refusal::Failed(error) if error.kind.is_unknown_outcome() => {
            ("danger", [&i18n.error(&error), i18n.text.errors().unknown_outcome].join(" "))
        }
        Refusal::Failed(error) => ("danger", i18n.error(&error)),
    };
    let refuse = {
        let title = title.clone();
        move |why| {
            // Whoever left the page meanwhile is told where they are.
            if let Some(why) = refusal.try_set(Some(why)).flatten() {
                toasts.fail([&title, ": ", &words(why).1].concat());
            }
        }
    };
    let save = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if is_busy.get_untracked() {
            return;
        }
        refusal.set(None);
        let client_id = match parse_text(&value.get_untracked()) {
            Ok(identifier) => identifier.unwrap_or_default(),
            Err(error) => {
                problem.set(Some(i18n.field_error(error, "", i18n.text.forms().problem_other)));
                return focus(FIELD);
            }
        };
        problem.set(None);
        is_busy.set(true);
        let (path, session, refuse) = (path.clone(), state.session, refuse.clone());
        leptos::task::spawn_local(async move {
            let body = ClientIdentifier { client_id, previous_client_id: Some(previous.get_value()) };
            let reply = session.call::<SetClientIdentifier>(&path, &Empty {}, &body, None).await;
            // What somebody else has put there is shown before it is replaced.
            let reply = match reply {
                Err(ApiError { kind: ErrorKind::Conflict, .. }) => {
                    session.get::<GetClient>(&path, &Empty {}).await.map(Err)
                }
                reply => reply.map(Ok),
            };
            match reply {
                Ok(Ok(client)) => {
                    state.change(|store| store.upsert_client(&client));
                    state.asked.set(None);
                    toasts.tell(text.client_dialogs().identifier_saved.to_owned());
                }
                Ok(Err(client)) => {
                    state.change(|store| store.upsert_client(&client));
                    let now = client.attr.client_id.unwrap_or_default();
                    _ = previous.try_set_value(now.clone());
                    refuse(Refusal::Changed(now));
                }
                Err(error) => refuse(Refusal::Failed(error)),
            }
            _ = is_busy.try_set(false);
        });
    };
    let refused = move || {
        refusal.get().map(|why| {
            let (kind, words) = words(why);
            view! {
                <p class="notice" data-kind=kind role="alert"><Icon name="triangle-alert" /><span>{words}</span></p>
            }
        })
    };
    Some(view! {
        <Dialog title=Signal::stored(title) close_label=i18n.text.common().close on_close=close is_busy=is_busy>
            <form class="form" novalidate autocomplete="off" on:submit=save>
                <div class="dialog-body">
                    {live(refused)}
                    <Field
                        id=FIELD
                        label=i18n.text.forms().identifier
                        value
                        optional=i18n.text.common().optional
                        hint=text.add().identifier_hint
                        is_first=true
                        problem
                    />
                </div>
                <footer class="dialog-foot">
                    <button type="submit" class="button" data-mode="primary" aria-disabled=live_true(move || is_busy.get())>
                        {live(move || if is_busy.get() { text.client_dialogs().saving } else { text.client_dialogs().save })}
                    </button>
                    <button type="button" class="button" aria-disabled=live_true(move || is_busy.get())
                        on:click=move |_| if !is_busy.get_untracked() { close.run(()) }>
                        {i18n.text.common().cancel}
                    </button>
                </footer>
            </form>
        </Dialog>
    })
}
